use rust_xlsxwriter::{Color, ConditionalFormatDataBar, Format, FormatAlign, FormatBorder};

use crate::report::Material;

/// The formats of cells.
pub(super) struct Styles {
    pub(super) title: Format,
    pub(super) note: Format,
    pub(super) head: Format,
    pub(super) text: Format,
    pub(super) wrapped: Format,
    pub(super) score: Format,
    pub(super) number: Format,
    pub(super) weight: Format,
    pub(super) percent: Format,
    pub(super) absent: Format,
}

const INK: Color = Color::RGB(0x0017_222B);
const MUTED: Color = Color::RGB(0x0066_717A);
const RULE: Color = Color::RGB(0x00C6_CDD2);
const WASH: Color = Color::RGB(0x00DF_ECEE);
const GREY: Color = Color::RGB(0x00E9_EDEF);
const BAR: Color = Color::RGB(0x00A9_CBCF);

impl Styles {
    pub(super) fn new(material: &Material<'_>) -> Self {
        let plain = Format::new().set_font_name("Arial").set_font_size(10).set_font_color(INK);
        let decimals = usize::from(material.evaluation.plan.score.decimals);
        let score = if decimals == 0 { "0".to_owned() } else { format!("0.{}", "0".repeat(decimals)) };
        let top = FormatAlign::Top;
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
            score: plain.clone().set_num_format(score),
            number: plain.clone(),
            weight: plain.clone().set_font_color(MUTED).set_num_format("0.0000"),
            percent: plain.clone().set_num_format("0.0%"),
            absent: plain.set_background_color(GREY).set_font_color(MUTED).set_align(FormatAlign::Right),
        }
    }

    /// Bars behind scores.
    pub(super) fn bar() -> ConditionalFormatDataBar {
        ConditionalFormatDataBar::new().set_fill_color(BAR).set_solid_fill(true)
    }
}
