use unicode_width::UnicodeWidthStr as _;

/// A table of text, columns padded to equal width on a terminal, where Han
/// characters are two columns wide. The first two columns are set left.
pub fn aligned(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
            let padding = " ".repeat(width - cell.width());
            let gap = if column == 0 { "" } else { "  " };
            line.push_str(gap);
            if column < 2 {
                line.push_str(cell);
                line.push_str(&padding);
            } else {
                line.push_str(&padding);
                line.push_str(cell);
            }
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::aligned;

    #[test]
    fn han_characters_count_double() {
        let rows = [["A", "武汉市", "9.5"], ["B", "x", "10.0"]].map(|row| row.map(str::to_owned).to_vec());
        assert_eq!(aligned(&rows), "A  武汉市   9.5\nB  x       10.0\n");
    }
}
