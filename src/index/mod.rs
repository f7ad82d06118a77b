//! From validated data to scores, ranks and ratings. Stages borrow their input;
//! the same input and plan give the same bits on any number of threads.
//!
//! screen → divide → fill in → treat outliers → normalise → aggregate → round →
//! rank → rate. [`evaluate`] runs them all, [`Evaluator`] runs many plans on one
//! input and shares what they have in common.

mod across;
mod aggregate;
mod agreement;
mod cache;
mod cross_check;
mod domain;
mod evaluate;
mod formula;
mod gates;
mod history;
mod means;
mod normalise;
mod overview;
mod pool;
mod prepare;
mod quarters;
mod rank;
mod rate;
mod ratings;
pub(crate) mod repeat;
mod small_cells;
mod small_samples;
mod substitute;
mod weigh;

pub use aggregate::{LentCell, NodeScores, aggregate};
pub use agreement::{Agreement, Tally, compare};
pub use cross_check::{CrossCheck, CrossFault, CrossPlace, CrossRanking, MOST_MOVERS, cross_check};
pub use domain::OutsideDomain;
pub use evaluate::{Evaluation, Evaluator, evaluate};
pub use gates::{GateFailure, gate_failures};
pub use history::{Comparable, History, Streaks, TOP, history};
pub use normalise::normalise;
pub use overview::{
    BandCount, BandTrend, CellCount, Change, ClosureGap, Count, GroupSpread, IndicatorSpread, MemberProfile,
    MemberSpread, NodeSpread, Overview, Spread, TrendLine, member_profile, overview,
};
pub use prepare::{Marks, Prepared, Shape, Shortfall, TreatmentRecord, prepare};
pub use quarters::quarters;
pub use rank::{Outcome, Score};
pub use small_cells::SmallCells;
pub use small_samples::small_samples;
