use rust_xlsxwriter::{Color, ConditionalFormatDataBar, Format, FormatAlign, FormatBorder};

const INK: Color = Color::RGB(0x0017_222B);
const MUTED: Color = Color::RGB(0x0066_717A);
const RULE: Color = Color::RGB(0x00C6_CDD2);
const WASH: Color = Color::RGB(0x00DF_ECEE);
const GREY: Color = Color::RGB(0x00E9_EDEF);
const BAR: Color = Color::RGB(0x00A9_CBCF);
const ACCENT: Color = Color::RGB(0x00A8_421F);
const PAPER: Color = Color::RGB(0x00FF_FBEA);

/// The formats of cells.
pub(in crate::report) struct Styles {
    pub(in crate::report) title: Format,
    pub(in crate::report) note: Format,
    pub(in crate::report) head: Format,
    /// Text that stays text whatever it starts with.
    pub(in crate::report) text: Format,
    /// The same, over several lines.
    pub(in crate::report) wrapped: Format,
    /// The same, for what nothing goes on without.
    pub(in crate::report) urgent: Format,
    /// A number beside texts over several lines.
    pub(in crate::report) counted: Format,
    pub(in crate::report) strong: Format,
    pub(in crate::report) number: Format,
    pub(in crate::report) weight: Format,
    pub(in crate::report) percent: Format,
    /// A word in place of a value.
    pub(in crate::report) absent: Format,
    /// A reason in place of a number, or something to look at.
    pub(in crate::report) reason: Format,
    /// A number to fill in: the cell is open on a locked sheet.
    pub(in crate::report) entry: Format,
    /// A text to fill in.
    pub(in crate::report) entry_text: Format,
    /// A cell among those to fill in that stays as it is.
    pub(in crate::report) closed: Format,
    /// What stands left of cells to fill in, and the same in bold.
    pub(in crate::report) row: Format,
    pub(in crate::report) row_strong: Format,
    /// What stands left of texts to fill in, over several lines; the same in grey.
    pub(in crate::report) row_text: Format,
    pub(in crate::report) row_muted: Format,
    /// A word in place of a number.
    pub(in crate::report) row_absent: Format,
    /// A sum of what is filled in; nothing before that.
    pub(in crate::report) sum: Format,
    /// A scale over a head.
    pub(in crate::report) scale: Format,
    /// A text for programs, which people pass over.
    pub(in crate::report) key: Format,
    plain: Format,
}

impl Styles {
    pub(in crate::report) fn new() -> Self {
        let plain = Format::new().set_font_name("Arial").set_font_size(10).set_font_color(INK);
        let top = FormatAlign::Top;
        let middle = plain.clone().set_align(FormatAlign::VerticalCenter);
        let entry = plain
            .clone()
            .set_unlocked()
            .set_background_color(PAPER)
            .set_border(FormatBorder::Thin)
            .set_border_color(RULE)
            .set_align(FormatAlign::VerticalCenter);
        Self {
            title: plain.clone().set_bold().set_font_size(13),
            note: plain.clone().set_font_color(MUTED).set_font_size(9),
            head: plain
                .clone()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::VerticalCenter)
                .set_background_color(WASH)
                .set_border_bottom(FormatBorder::Thin)
                .set_border_bottom_color(RULE),
            text: plain.clone().set_quote_prefix(),
            wrapped: plain.clone().set_quote_prefix().set_text_wrap().set_align(top),
            urgent: plain
                .clone()
                .set_quote_prefix()
                .set_text_wrap()
                .set_align(top)
                .set_bold()
                .set_font_color(ACCENT),
            counted: plain.clone().set_align(top).set_font_color(MUTED),
            strong: plain.clone().set_bold().set_quote_prefix(),
            number: plain.clone(),
            weight: plain.clone().set_font_color(MUTED).set_num_format("0.0000"),
            percent: plain.clone().set_num_format("0.0%"),
            absent: plain
                .clone()
                .set_background_color(GREY)
                .set_font_color(MUTED)
                .set_align(FormatAlign::Right),
            reason: plain.clone().set_font_color(ACCENT).set_align(FormatAlign::Right).set_quote_prefix(),
            closed: entry
                .clone()
                .set_locked()
                .set_background_color(GREY)
                .set_font_color(MUTED)
                .set_align(FormatAlign::Center)
                .set_quote_prefix(),
            row: plain.clone().set_align(FormatAlign::VerticalCenter).set_align(FormatAlign::Left),
            row_strong: plain
                .clone()
                .set_bold()
                .set_align(FormatAlign::VerticalCenter)
                .set_align(FormatAlign::Left),
            row_text: middle.clone().set_text_wrap().set_quote_prefix(),
            row_muted: middle
                .clone()
                .set_text_wrap()
                .set_quote_prefix()
                .set_font_color(MUTED)
                .set_font_size(8),
            row_absent: middle
                .set_font_color(ACCENT)
                .set_background_color(GREY)
                .set_align(FormatAlign::Right)
                .set_quote_prefix(),
            scale: plain.clone().set_font_color(MUTED).set_font_size(9).set_text_wrap(),
            sum: plain
                .clone()
                .set_bold()
                .set_align(FormatAlign::VerticalCenter)
                .set_num_format("General;-General;;@"),
            key: plain.clone().set_font_color(RULE).set_font_size(7),
            entry_text: entry.clone().set_text_wrap().set_num_format("@"),
            entry,
            plain,
        }
    }

    /// Numbers with so many decimals; as they are where none are declared.
    pub(in crate::report) fn decimals(&self, places: Option<u8>) -> Format {
        match places {
            Some(places) => self.plain.clone().set_num_format(pattern(places)),
            None => self.plain.clone(),
        }
    }

    /// Numbers with so many decimals left of what is filled in.
    pub(in crate::report) fn figure(&self, places: u8) -> Format {
        self.row_strong.clone().set_align(FormatAlign::Right).set_num_format(pattern(places))
    }

    /// Left-out numbers with so many decimals.
    pub(in crate::report) fn struck(&self, places: u8) -> Format {
        let struck = self.plain.clone().set_font_color(MUTED).set_font_strikethrough();
        struck.set_num_format(pattern(places))
    }

    /// Bars behind numbers.
    pub(super) fn bar() -> ConditionalFormatDataBar {
        ConditionalFormatDataBar::new().set_fill_color(BAR).set_solid_fill(true)
    }

    /// How the first row of a group looks left of what is filled in, and there.
    pub(super) fn group() -> [Format; 2] {
        let first = Format::new().set_border_top(FormatBorder::Thin).set_border_top_color(MUTED);
        let cells = Format::new().set_border(FormatBorder::Thin).set_border_color(RULE);
        [first, cells.set_border_top_color(MUTED)]
    }

    /// How a text looks that only repeats the one above.
    pub(super) fn repeated() -> Format {
        Format::new().set_font_color(RULE)
    }

    /// How cells look that a rule finds wanting.
    pub(super) fn alarm() -> Format {
        Format::new().set_font_color(ACCENT).set_bold()
    }
}

fn pattern(places: u8) -> String {
    if places == 0 { "0".to_owned() } else { format!("0.{}", "0".repeat(usize::from(places))) }
}
