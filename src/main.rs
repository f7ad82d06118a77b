fn main() {
    let mut f = benchline::diagnostics::Findings::new();
    let t = std::time::Instant::now();
    let p = benchline::project::open(std::path::Path::new(&std::env::args().nth(1).unwrap()), &mut f);
    println!("{:?}", t.elapsed());
    if let Some(p) = p {
        let s = benchline::project::score(p, &mut f);
        println!("{:?}", t.elapsed());
        if let Some(s) = s { println!("{:#?} {:?}", s.agreements, s.overview.index); }
    }
    f.sort();
    for x in f.iter().take(12) { println!("{} {:?} {} // {}", x.code.id(), x.place.as_ref().map(|p|p.to_string()), x.message.en, x.help.en); }
}
