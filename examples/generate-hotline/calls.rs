use super::cities::City;
use super::dice::Dice;
use super::indicators::SPECS;

/// Testers of one edition; every city is called by three of them.
const TESTERS: u64 = 24;

/// One row of the sheet of test calls.
pub struct Call {
    pub scenario: String,
    pub channel: &'static str,
    pub tester: u64,
    pub answered: bool,
    pub seconds: Option<u32>,
    pub conduct: Option<u32>,
    /// Answered validly, of a consultation.
    pub valid: Option<bool>,
    /// Replied to within three days, of a request.
    pub replied: Option<bool>,
}

/// The 24 tests of a city in one edition: ten consultations and eight requests by
/// telephone, six requests online. `qualities` are those of the dimensions.
pub fn calls(city: &City, year: u64, qualities: &[f64]) -> Vec<Call> {
    let code: u64 = city.code.parse().expect("digits");
    let mut dice = Dice::new(code * 10_000 + year + 5_000);
    let quality = |id: &str| {
        let spec = SPECS.iter().find(|spec| spec.id == id).expect("an indicator");
        (spec, qualities[spec.dimension])
    };
    // A city is as it is for all its calls; testers are more or less severe.
    let mut own = |id: &str| {
        let (spec, quality) = quality(id);
        spec.value(quality + 0.3 * dice.normal())
    };
    let (connect, wait, valid) = (own("connect_rate"), own("wait_seconds"), own("consult_valid"));
    let (reply, conduct, online) = (own("reply_3d"), own("etiquette"), own("online_ok"));
    let first = dice.whole(0, TESTERS as u32 - 1);
    let call = |number: usize| {
        let tester = (u64::from(first) + 7 * (number as u64 % 3)) % TESTERS;
        let severity = 3.0 * Dice::new(900_000 + year * 100 + tester).normal();
        let (kind, nth) = match number {
            0..10 => ('C', number + 1),
            10..18 => ('R', number - 9),
            _ => ('W', number - 17),
        };
        let by_phone = kind != 'W';
        let channel = if by_phone { "phone" } else { ["web", "wechat", "app"][nth % 3] };
        let answered = dice.chance((if by_phone { connect } else { online } - severity).min(99.5) / 100.0);
        let heard = answered && by_phone;
        let waited = libm::exp(0.6 * dice.normal() - 0.18) * wait;
        let marks = conduct - severity + 6.0 * dice.normal();
        let (is_valid, is_replied) =
            (dice.chance((valid - severity) / connect), dice.chance((reply - severity) / 100.0));
        Call {
            scenario: format!("{kind}{nth:02}"),
            channel,
            tester: tester + 1,
            answered,
            seconds: heard.then(|| waited.round().max(1.0) as u32),
            conduct: heard.then(|| marks.round().clamp(0.0, 100.0) as u32),
            valid: (kind == 'C').then_some(answered && is_valid),
            replied: (kind == 'R').then_some(is_replied),
        }
    };
    (0..24).map(call).collect()
}
