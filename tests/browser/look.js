// Every text on the screen: its size, and its contrast with what lies behind it.
(() => {
  const rgb = text => {
    const canvas = document.createElement("canvas").getContext("2d");
    canvas.fillStyle = text;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => [r, g, b].map(part => part / 255)
    .map(part => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4)
    .reduce((sum, part, at) => sum + part * [.2126, .7152, .0722][at], 0);
  const behind = element => {
    for (let one = element; one; one = one.parentElement) {
      const colour = rgb(getComputedStyle(one).backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return [255, 255, 255];
  };
  const found = [];
  for (const element of document.querySelectorAll("#screen *")) {
    const text = [...element.childNodes].filter(node => node.nodeType === 3).map(node => node.data).join("").trim();
    const box = element.getBoundingClientRect();
    if (!text || element.closest(".hidden, [aria-hidden]") || element.matches(".wait") || !box.width) continue;
    const style = getComputedStyle(element);
    const [one, other] = [light(rgb(style.color)), light(behind(element))].sort((a, b) => b - a);
    found.push({ name: [element.tagName.toLowerCase(), ...element.classList].join("."), text,
      inside: element.closest(".row") ? "row" : "", size: parseFloat(style.fontSize), contrast: (one + .05) / (other + .05),
      out: box.left < -1 || box.top < -1 || box.right > 1921 || box.bottom > 1081 || element.scrollWidth > element.clientWidth + 2 && style.overflow === "hidden" });
  }
  return found;
})()
