use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What may be shown, and to whom. Bands and tiers come first (国办函〔2025〕66号:
/// 不片面追求排名, 鼓励实行分档分类评价); a league table has to be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Whether the report ranks units one by one. Otherwise it shows bands, and
    /// inside a band units in order of code.
    pub league_table: bool,
    /// Whether documents name values for units to reach.
    #[serde(default = "yes")]
    pub targets: bool,
    /// What the public may see. With it a run writes two folders, `internal/` and
    /// `public/`; left out, there is one folder with everything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public: Option<PublicPolicy>,
}

/// What the public folder may show of a unit beside its band.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PublicPolicy {
    /// Its score, and with it intervals, differences and distances of scores.
    pub scores: bool,
    /// Its rank.
    pub ranks: bool,
    /// Its place inside its band. Otherwise units of a band are in order of code.
    pub order_in_band: bool,
    /// Whether the report ranks units one by one.
    pub league_table: bool,
    /// Its results by dimension.
    pub dimensions: Detail,
    /// Its results by indicator.
    pub indicators: Detail,
    /// Values for it to reach.
    pub targets: bool,
    /// Means, medians and deviations of fewer units than this are withheld, with
    /// what it takes that they cannot be had by subtraction; so are values from
    /// samples of fewer cases.
    #[schemars(range(min = 1))]
    pub small_cells: usize,
}

/// How finely a result below the index is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Detail {
    /// Not at all.
    None,
    /// The quarter of the assessed units that it is in.
    Quarters,
    /// As a score; indicators with their values.
    Scores,
}

/// Whom a document is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Audience {
    /// Those who may see everything.
    Internal,
    /// Everybody.
    Public,
}

impl Audience {
    /// Name of the folder of its documents.
    pub fn folder(self) -> &'static str {
        match self {
            Audience::Internal => "internal",
            Audience::Public => "public",
        }
    }
}

/// What a document may show: a policy as it applies to an audience. Whatever
/// builds a document obeys it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Disclosure {
    /// Whom the document is for.
    pub audience: Audience,
    /// The scores of single units, and whatever tells them: intervals, changes,
    /// distances, positions along a scale, and the smallest and largest of a group.
    pub scores: bool,
    /// The ranks of single units, and shares of others that are better or worse.
    pub ranks: bool,
    /// The order of units inside a band.
    pub order_in_band: bool,
    /// A table of units one by one in order of rank.
    pub league_table: bool,
    /// The results of single units by dimension.
    pub dimensions: Detail,
    /// The results of single units by indicator.
    pub indicators: Detail,
    /// Values for units to reach.
    pub targets: bool,
    /// Fewest units or cases that a mean, median or share may be shown of.
    pub small_cells: usize,
}

impl Disclosure {
    /// Whether a figure over `n` units or cases may be shown.
    pub fn shows_figure_of(&self, n: usize) -> bool {
        n >= self.small_cells
    }
}

impl Policy {
    /// Whom documents are made for.
    pub fn audiences(&self) -> &'static [Audience] {
        match self.public {
            Some(_) => &[Audience::Internal, Audience::Public],
            None => &[Audience::Internal],
        }
    }

    /// What `audience` may see. Without a public policy the public sees what one
    /// allows that says nothing.
    pub fn disclosure(&self, audience: Audience) -> Disclosure {
        match audience {
            Audience::Internal => Disclosure {
                audience,
                scores: true,
                ranks: true,
                order_in_band: true,
                league_table: self.league_table,
                dimensions: Detail::Scores,
                indicators: Detail::Scores,
                targets: self.targets,
                small_cells: 1,
            },
            Audience::Public => {
                let public = self.public.unwrap_or_default();
                Disclosure {
                    audience,
                    scores: public.scores,
                    ranks: public.ranks,
                    order_in_band: public.order_in_band,
                    league_table: public.league_table,
                    dimensions: public.dimensions,
                    indicators: public.indicators,
                    targets: self.targets && public.targets,
                    small_cells: public.small_cells,
                }
            }
        }
    }
}

impl Default for PublicPolicy {
    fn default() -> Self {
        Self {
            scores: false,
            ranks: false,
            order_in_band: false,
            league_table: false,
            dimensions: Detail::Quarters,
            indicators: Detail::None,
            targets: false,
            small_cells: 5,
        }
    }
}

fn yes() -> bool {
    true
}
