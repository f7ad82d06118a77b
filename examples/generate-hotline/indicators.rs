/// Number of dimensions of the framework.
pub const DIMENSIONS: usize = 8;

/// What is sampled, and so has columns for the sample.
#[derive(Clone, Copy, PartialEq)]
pub enum Kind {
    /// A statistic of all.
    Whole,
    /// A share of a sample of this size, least and most.
    Share(u32, u32),
    /// Comes from the sheet of test calls.
    Calls,
}

/// How an indicator is invented.
pub struct Spec {
    pub id: &'static str,
    pub dimension: usize,
    /// The value that a share of 0 of the way stands for, and that of 1.
    pub from: f64,
    pub to: f64,
    /// Largest and smallest value there can be.
    pub most: f64,
    pub least: f64,
    /// The share of the way of a middling city, and of one a deviation better.
    pub middle: f64,
    pub spread: f64,
    pub decimals: usize,
    pub kind: Kind,
    /// The first edition that has it, and the last.
    pub years: (u64, u64),
}

const ALWAYS: (u64, u64) = (2023, 2025);

/// The columns in their order. Rates near their goalpost have a ceiling: many
/// cities report 100 %.
pub const SPECS: [Spec; 35] = [
    rate("resolution_rate", 0, 40.0, 90.0, 0.68, 0.125, Kind::Share(300, 900), ALWAYS),
    rate("repeat_rate", 0, 25.0, 2.0, 0.72, 0.115, Kind::Whole, ALWAYS),
    rate("rework_rate", 0, 10.0, 0.5, 0.74, 0.12, Kind::Whole, ALWAYS),
    rate("bad_review_fix", 0, 60.0, 100.0, 0.86, 0.14, Kind::Whole, ALWAYS),
    rate("satisfaction", 1, 60.0, 98.0, 0.75, 0.11, Kind::Share(200, 700), ALWAYS),
    rate("enterprise_satisfaction", 1, 60.0, 98.0, 0.76, 0.1, Kind::Share(40, 220), ALWAYS),
    rate("connect_rate", 2, 60.0, 95.0, 0.86, 0.14, Kind::Calls, ALWAYS),
    figure("wait_seconds", 2, (120.0, 15.0), 1000.0, 0.78, 0.1, 1, Kind::Calls),
    rate("callback_missed", 2, 50.0, 100.0, 0.84, 0.16, Kind::Whole, ALWAYS),
    rate("peak_connect", 2, 50.0, 95.0, 0.74, 0.12, Kind::Whole, ALWAYS),
    rate("consult_valid", 3, 30.0, 95.0, 0.72, 0.13, Kind::Calls, ALWAYS),
    rate("reply_3d", 3, 30.0, 95.0, 0.74, 0.13, Kind::Calls, ALWAYS),
    figure("etiquette", 3, (60.0, 100.0), 100.0, 0.74, 0.1, 1, Kind::Calls),
    rate("on_time_close", 4, 70.0, 100.0, 0.92, 0.11, Kind::Whole, ALWAYS),
    figure("median_days", 4, (15.0, 2.0), 60.0, 0.74, 0.11, 1, Kind::Whole),
    rate("sign_on_time", 4, 80.0, 100.0, 0.94, 0.1, Kind::Whole, ALWAYS),
    rate("dispatch_accuracy", 4, 80.0, 100.0, 0.82, 0.12, Kind::Whole, ALWAYS),
    rate("return_rate", 4, 15.0, 1.0, 0.75, 0.11, Kind::Whole, ALWAYS),
    rate("overdue_open", 4, 10.0, 0.0, 0.84, 0.14, Kind::Whole, ALWAYS),
    rate("callback_coverage", 4, 40.0, 100.0, 0.78, 0.12, Kind::Whole, ALWAYS),
    rate("online_ok", 5, 50.0, 100.0, 0.86, 0.14, Kind::Calls, ALWAYS),
    figure("message_minutes", 5, (60.0, 3.0), 600.0, 0.78, 0.11, 1, Kind::Whole),
    figure("mailbox_hours", 5, (120.0, 24.0), 480.0, 0.8, 0.12, 1, Kind::Whole),
    rate("progress_visible", 5, 50.0, 100.0, 0.8, 0.12, Kind::Whole, ALWAYS),
    rate("ai_transfer", 6, 50.0, 100.0, 0.78, 0.13, Kind::Whole, ALWAYS),
    rate("ai_answer", 6, 40.0, 95.0, 0.68, 0.12, Kind::Whole, (2025, 2025)),
    rate("kb_update", 6, 60.0, 100.0, 0.82, 0.12, Kind::Whole, ALWAYS),
    rate("kb_accuracy", 6, 70.0, 100.0, 0.8, 0.12, Kind::Whole, (2024, 2025)),
    figure("data_quality", 7, (50.0, 100.0), 100.0, 0.76, 0.11, 1, Kind::Whole),
    rate("merge_rate", 7, 40.0, 100.0, 0.76, 0.12, Kind::Whole, ALWAYS),
    rate("masking_pass", 7, 80.0, 100.0, 0.88, 0.11, Kind::Whole, ALWAYS),
    rate("accessible", 7, 40.0, 100.0, 0.72, 0.12, Kind::Whole, ALWAYS),
    rate("language_service", 7, 30.0, 100.0, 0.66, 0.13, Kind::Whole, (2025, 2025)),
    rate("closure_rate", 4, 85.0, 100.0, 0.88, 0.1, Kind::Whole, ALWAYS),
    // Asked no more since 2025.
    rate("abandon_rate", 2, 25.0, 1.0, 0.75, 0.12, Kind::Whole, (2023, 2024)),
];

#[expect(clippy::too_many_arguments, reason = "one row of the table above")]
const fn rate(
    id: &'static str,
    dimension: usize,
    from: f64,
    to: f64,
    middle: f64,
    spread: f64,
    kind: Kind,
    years: (u64, u64),
) -> Spec {
    let decimals = if matches!(kind, Kind::Whole) { 1 } else { 2 };
    Spec { id, dimension, from, to, most: 100.0, least: 0.0, middle, spread, decimals, kind, years }
}

#[expect(clippy::too_many_arguments, reason = "one row of the table above")]
const fn figure(
    id: &'static str,
    dimension: usize,
    (from, to): (f64, f64),
    most: f64,
    middle: f64,
    spread: f64,
    decimals: usize,
    kind: Kind,
) -> Spec {
    Spec { id, dimension, from, to, most, least: 0.0, middle, spread, decimals, kind, years: ALWAYS }
}

impl Spec {
    /// Whether an edition has the indicator.
    pub fn is_in(&self, year: u64) -> bool {
        (self.years.0..=self.years.1).contains(&year)
    }

    /// The value of a city that is so many deviations better than a middling one.
    pub fn value(&self, quality: f64) -> f64 {
        let share = self.middle + self.spread * quality;
        (self.from + (self.to - self.from) * share).clamp(self.least, self.most)
    }
}
