//! benchline (热线标尺) measures hotlines: it turns evidence about units into an
//! index with ranks and ratings, and prints it as reports people trust.
//!
//! # From a project folder to a report
//!
//! ```
//! use benchline::diagnostics::{Findings, Lang};
//! use benchline::project;
//! use benchline::report::{Templates, index_report};
//! # use std::path::Path;
//!
//! // Everything wrong with the definitions and the data is collected, not just
//! // the first fault.
//! let mut findings = Findings::new();
//! let project = project::open(Path::new("examples/starter"), &mut findings).expect("a sound project");
//! let scored = project::score(project, &mut findings).expect("a score");
//! assert!(!findings.has_errors());
//!
//! let best = scored.overview.assessed[0];
//! let unit = scored.project.input.panel().units().get(best).expect("a unit");
//! assert_eq!(unit.name.en, "Sample City One");
//!
//! // A report is plain data first.
//! let view = index_report(scored.material(), &Templates::embedded(), Lang::En).expect("a report");
//! assert_eq!(view.ranking.rows.len(), 11);
//! ```
//!
//! # Structure
//!
//! Data flows one way, and a module imports only from those before it in this
//! list; `docs/architecture.md` has the table and a test holds the code to it.
//!
//! [`digest`] · [`diagnostics`] · [`numeric`] · [`model`] · [`plan`] · [`input`] ·
//! [`definitions`] · [`ledger`] · [`validate`] · [`index`] · [`coherence`] · [`robustness`] · [`insight`] ·
//! [`contest`] · [`store`] · [`report`] · [`project`]

pub mod coherence;
pub mod contest;
pub mod definitions;
pub mod diagnostics;
pub mod difference;
pub mod digest;
pub mod index;
pub mod input;
pub mod insight;
pub mod ledger;
pub mod model;
pub mod numeric;
pub mod plan;
pub mod project;
pub mod reference;
pub mod report;
pub mod robustness;
pub mod store;
pub mod validate;
