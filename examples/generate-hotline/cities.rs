use super::dice::Dice;
use super::indicators::DIMENSIONS;

const REGISTRY: &str = include_str!("../../city-data/registry-2025.csv");

/// A city of the registry, as far as its invented quality depends on it.
pub struct City {
    pub code: String,
    pub name: String,
    /// Position of its province in order of code.
    pub province: u64,
    /// Whether the sample says that its province runs one platform for all.
    pub shares_platform: bool,
    tier: f64,
    region: f64,
}

/// The cities in the order of the registry.
pub fn cities() -> Vec<City> {
    let mut lines = REGISTRY.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let header = lines.next().expect("a header");
    let at = |name: &str| header.iter().position(|column| *column == name).expect("the column");
    let (code, name, region, tier) = (at("code"), at("name_zh"), at("region"), at("capital"));
    let operating = at("operating_sample");
    let city = |row: Vec<&str>| City {
        code: row[code].to_owned(),
        name: row[name].to_owned(),
        province: row[code][..2].parse().expect("digits"),
        shares_platform: row[operating] == "省级统筹",
        tier: match row[tier] {
            "直辖市" => 1.3,
            "副省级省会" | "计划单列市" => 1.2,
            "其他省会首府" => 0.6,
            _ => 0.0,
        },
        region: match row[region] {
            "东部" => 0.25,
            "西部" => -0.2,
            "东北" => -0.1,
            _ => 0.0,
        },
    };
    lines.map(city).collect()
}

/// What a city is good at in one edition, in standard deviations: one number for
/// each dimension.
pub fn qualities(city: &City, year: u64) -> Vec<f64> {
    let code: u64 = city.code.parse().expect("digits");
    let mut of_province = Dice::new(city.province);
    let mut of_city = Dice::new(code);
    let mut of_year = Dice::new(code * 10_000 + year);
    // On a shared platform it is the province that makes the difference.
    let (common, own) = if city.shares_platform { (0.75, 0.3) } else { (0.3, 0.8) };
    let general = city.tier + city.region + common * of_province.normal() + own * of_city.normal();
    let progress = match year {
        2023 => -0.38,
        2024 => -0.25,
        _ => -0.15,
    };
    let moved = 0.22 * of_year.normal();
    let one = |_| {
        let lasting = 0.5 * of_city.normal();
        0.6 * general + lasting + progress + moved + 0.2 * of_year.normal()
    };
    (0..DIMENSIONS).map(one).collect()
}
