use serde::Serialize;

/// The units of a band.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BandMembers {
    /// Position of the band.
    pub band: usize,
    /// Its heading.
    pub name: String,
    /// Its bounds.
    pub range_text: String,
    /// How many units.
    pub count_text: String,
    /// Their share.
    pub share_text: String,
    /// The units by group.
    pub groups: Vec<MemberGroup>,
}

/// The units of a band in one group.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MemberGroup {
    /// The group; none when there are no groups.
    pub name: Option<String>,
    /// How many of the group's units.
    pub count_text: String,
    /// The units in order of code.
    pub units: Vec<Member>,
}

/// A unit in a list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Member {
    /// Its name.
    pub name: String,
    /// Its code.
    pub meta: String,
}

/// The table of all units.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Ranking {
    /// The finding.
    pub title: String,
    /// How to read it.
    pub note: String,
    /// What it shows.
    pub caption: String,
    /// Whether changes are shown.
    pub has_change: bool,
    /// Heads of the component columns.
    pub columns: Vec<RankingColumn>,
    /// Head of the score.
    pub score_name: String,
    /// Score of a full bar.
    pub score_max_value: f64,
    /// Units with a score.
    pub rows: Vec<RankingRow>,
    /// Scored units that are not ranked.
    pub benchmarks: Vec<RankingRow>,
    /// Units without a score.
    pub unassessed: Vec<Unassessed>,
}

/// A component column.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RankingColumn {
    /// Its head.
    pub name: String,
    /// `dimension` or `companion`.
    pub kind: &'static str,
}

/// A unit in the table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RankingRow {
    /// Its rank, when ranks are shown.
    pub rank: Option<String>,
    /// Whether it shares its rank.
    pub tied: bool,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Position of its band.
    pub band: Option<usize>,
    /// Its score.
    pub score: Option<String>,
    /// The same as a number.
    pub score_value: Option<f64>,
    /// One text per component column.
    pub cells: Vec<Option<String>>,
    /// Change since the period before.
    pub change: Option<ChangeView>,
}

/// A change of score.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChangeView {
    /// With its sign.
    pub text: String,
    /// `up`, `down` or `none`.
    pub direction: &'static str,
}

/// A unit without a score.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Unassessed {
    /// Its name.
    pub name: String,
    /// What is missing.
    pub reason: String,
}

/// Agreement with published results.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AgreementView {
    /// The finding.
    pub title: String,
    /// How to read it.
    pub note: String,
    /// One row per comparison.
    pub rows: Vec<AgreementRow>,
}

/// One comparison.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AgreementRow {
    /// What is compared.
    pub name: String,
    /// Equal scores of those published.
    pub score: String,
    /// Equal ranks.
    pub rank: Option<String>,
    /// Equal ratings.
    pub band: Option<String>,
}
