use std::collections::BTreeMap;

use super::records::Record;
use super::strings::Segments;

/// How numbers are shown, by the style of their cell.
#[derive(Default)]
pub(super) struct Formats {
    declared: BTreeMap<u16, Kind>,
    styles: Vec<u16>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Number,
    Percent,
    /// A date, a time of day, or how long something takes.
    Date,
}

impl Formats {
    /// A format of the workbook's own.
    pub(super) fn declare(&mut self, record: &Record<'_>) {
        let length = record.u16(2).map(usize::from);
        let text = record.data.get(4..).zip(length);
        let text = text.and_then(|(data, length)| Segments::of(data, &record.more).unicode(length));
        if let Some((id, text)) = record.u16(0).zip(text) {
            self.declared.insert(id, kind(&text));
        }
    }

    /// A style, in their order.
    pub(super) fn style(&mut self, record: &Record<'_>) {
        self.styles.push(record.u16(2).unwrap_or(0));
    }

    /// How a cell of a style shows its number.
    pub(super) fn of(&self, style: u16) -> Kind {
        let format = self.styles.get(usize::from(style)).copied().unwrap_or(0);
        self.declared.get(&format).copied().unwrap_or(match format {
            9 | 10 => Kind::Percent,
            // [MS-XLS] 2.5.165 and what East Asian systems have beside it.
            14..=22 | 27..=36 | 45..=47 | 50..=58 => Kind::Date,
            _ => Kind::Number,
        })
    }
}

/// What a format shows: the first letter that means something tells.
fn kind(format: &str) -> Kind {
    // How spreadsheets call the format that is none has an `e` in it, which
    // elsewhere is a year.
    let format = format.replace("General", "").replace("GENERAL", "").replace("E+", "").replace("e+", "");
    if ["[h]", "[hh]", "[m]", "[mm]", "[s]", "[ss]"]
        .into_iter()
        .any(|time| format.to_lowercase().contains(time))
    {
        return Kind::Date;
    }
    let (mut quoted, mut escaped, mut bracketed) = (false, false, false);
    for letter in format.chars() {
        if std::mem::take(&mut escaped) {
            continue;
        }
        match letter {
            '"' => quoted = !quoted,
            _ if quoted => {}
            '\\' | '_' | '*' => escaped = true,
            '[' => bracketed = true,
            ']' => bracketed = false,
            _ if bracketed => {}
            '%' => return Kind::Percent,
            'y' | 'Y' | 'd' | 'D' | 'e' | 'm' | 'M' | 'h' | 'H' | 's' | 'S' => return Kind::Date,
            ';' => return Kind::Number,
            _ => {}
        }
    }
    Kind::Number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_by_their_letters() {
        for (format, expected) in [
            ("0.0%", Kind::Percent),
            ("yyyy\"年\"m\"月\"", Kind::Date),
            ("[$-804]yyyy/m/d", Kind::Date),
            ("0.00\"%\"", Kind::Number),
            ("#,##0_ ;[Red]-#,##0\\ ", Kind::Number),
            ("General", Kind::Number),
            ("h:mm", Kind::Date),
            ("[h]:mm:ss", Kind::Date),
            ("[ss]", Kind::Date),
            ("[Magenta][DBNum1]0.0", Kind::Number),
            ("0.00E+00", Kind::Number),
            ("e\"年\"", Kind::Date),
            ("0\"天\"", Kind::Number),
        ] {
            assert_eq!(kind(format), expected, "{format}");
        }
    }
}
