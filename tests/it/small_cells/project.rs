use std::fs;

use benchline::numeric::Stream;
use benchline::plan::Audience;
use benchline::project::ScoredProject;

use crate::policy::{published, text_of};
use crate::support::{Copy, files};

/// A unit's members: region, district within it, size across both.
type Place = (u32, u32, u32);

/// Districts of 1, 2, 4, 5 and 12 units in the east, of 6 and 10 in the west, and
/// two sizes across them.
pub(super) fn tiny() -> Copy {
    let districts = [(1, 1, 1), (1, 2, 2), (1, 4, 4), (1, 5, 5), (1, 12, 12), (2, 6, 6), (2, 10, 10)];
    let mut places = Vec::new();
    for (region, district, units) in districts {
        places.extend((0..units).map(|_| (region, district, 1)));
    }
    let count = places.len();
    for (at, place) in places.iter_mut().enumerate() {
        place.2 = 1 + u32::from(3 * at > count);
    }
    with(&places, &mut Stream::new(9, 9))
}

/// 34 units in groups of random sizes.
pub(super) fn random(stream: &mut Stream) -> Copy {
    let mut places = Vec::new();
    for _ in 0..34 {
        let region = 1 + stream.below(2);
        let district = 10 * region + stream.below(2 + stream.clone().below(4));
        places.push((region, district, 1 + stream.below(3)));
    }
    with(&places, stream)
}

fn with(places: &[Place], stream: &mut Stream) -> Copy {
    let copy = Copy::of("examples/starter");
    let mut units = String::from("code,name_zh,name_en,region,district,size\n");
    let mut values =
        String::from("code,name,answered,wait_seconds,resolved,closed_on_time,repeated,satisfied\n");
    for (at, (region, district, size)) in places.iter().enumerate() {
        units
            .push_str(&format!("S{at:02},示例{at:02}市,Sample City {at:02},r{region},d{district},s{size}\n"));
        let mut pick = |low: f64, high: f64| low + (high - low) * stream.uniform();
        let row = [
            pick(70.0, 94.0),
            pick(20.0, 90.0),
            pick(60.0, 94.0),
            pick(95.0, 99.0),
            pick(3.0, 20.0),
            pick(60.0, 99.0),
        ];
        values.push_str(&format!("S{at:02},x,{}\n", row.map(|value| format!("{value:.3}")).join(",")));
    }
    copy.write("data/units.csv", &units).write("data/indicators.csv", &values);
    let mut groups = String::new();
    for (kind, letter, pick) in [
        ("region", 'r', (|place: &Place| place.0) as fn(&Place) -> u32),
        ("district", 'd', |place| place.1),
        ("size", 's', |place| place.2),
    ] {
        let mut members: Vec<u32> = places.iter().map(pick).collect();
        members.sort_unstable();
        members.dedup();
        groups.push_str(&format!(
            "[[group]]\nid = \"{kind}\"\nname = {{ zh = \"{kind}\", en = \"{kind}\" }}\n"
        ));
        for member in members {
            let id = format!("{letter}{member}");
            groups.push_str(&format!(
                "[[group.member]]\nid = \"{id}\"\nname = {{ zh = \"组{id}\", en = \"Group {id}\" }}\n"
            ));
        }
    }
    let path = copy.path().join("indicators/my-index.toml");
    let framework = fs::read_to_string(&path).unwrap();
    let (start, rest) = framework.split_once("[[group]]").unwrap();
    let end = &rest[rest.find("[[node]]").unwrap()..];
    fs::write(&path, format!("{start}{groups}{end}")).unwrap();
    copy.edit(
        "benchline.toml",
        "region = \"region\"",
        "region = \"region\", district = \"district\", size = \"size\"",
    );
    copy.edit(
        "benchline.toml",
        "outputs = [\"csv\", \"json\", \"pdf\"]",
        "outputs = [\"csv\", \"json\", \"xlsx\", \"audit\", \"audit-annex\"]",
    );
    copy.edit("benchline.toml", "[units]", "[policy.public]\n\n[units]");
    copy
}

/// Everything that an audience gets, as text: files and the views of all documents.
pub(super) fn texts(copy: &Copy, scored: &ScoredProject, audience: Audience) -> Vec<(String, String)> {
    let mut texts = published(scored, &copy.path().join("out").join(audience.folder()), audience);
    if audience == Audience::Public {
        let bundle = files(&copy.path().join("bundle"));
        texts.extend(bundle.into_iter().map(|(name, bytes)| (name.clone(), text_of(&name, &bytes))));
    }
    texts
}

/// 24 units with everything public, of which the first asked three persons.
pub(super) fn sampled() -> Copy {
    let places: Vec<Place> = (0..24).map(|at| (1 + at % 2, 10 + at % 2, 1)).collect();
    let copy = with(&places, &mut Stream::new(3, 3));
    let path = copy.path().join("data/indicators.csv");
    let table = fs::read_to_string(&path).unwrap();
    let lines = table.lines().enumerate().map(|(at, line)| match at {
        0 => format!("{line},asked\n"),
        1 => format!("{},63.217,3\n", line.rsplit_once(',').unwrap().0),
        _ => format!("{line},40\n"),
    });
    fs::write(&path, lines.collect::<String>()).unwrap();
    copy.edit(
        "benchline.toml",
        "ignore = [\"name\"]",
        "ignore = [\"name\"]\nsamples = { satisfied = { n = \"asked\" } }",
    );
    copy.edit(
        "benchline.toml",
        "[policy.public]\n",
        "[policy.public]\nscores = true\nranks = true\norder_in_band = true\ndimensions = \"scores\"\nindicators = \"scores\"\n",
    );
    copy.edit("benchline.toml", ", \"audit\", \"audit-annex\"", "");
    copy
}

/// The files of an audience as text.
pub(super) fn texts_of_files(copy: &Copy, audience: Audience) -> Vec<(String, String)> {
    let made = files(&copy.path().join("out").join(audience.folder()));
    made.into_iter().map(|(name, bytes)| (name.clone(), text_of(&name, &bytes))).collect()
}
