//! Findings: what is wrong with an input, where, and what to do about it.
//!
//! Every module that reads or checks something takes a `&mut` [`Findings`] and
//! goes on after a problem, so that one run reports all of them. Nothing here
//! knows about files, tables or methods.

mod bilingual;
mod code;
mod explain;
mod failure;
mod finding;
mod personal;
mod place;
mod safe;
mod suggest;

pub use bilingual::{Bilingual, Lang, shown};
pub use code::Code;
pub use explain::{Explanation, explanations_page};
pub use failure::Failure;
pub use finding::{Finding, Findings, Severity, UnitMark};
pub use personal::{PersonalKind, masked, personal_in};
pub use place::{Excerpt, Place, Position};
pub use safe::{is_invisible, named as named_letter};
pub use suggest::{did_you_mean, suggestion};

pub(crate) use bilingual::bilingual;
pub(crate) use personal::{NAMED, Number, SURNAMES, identity, is_mobile, old_identity};
