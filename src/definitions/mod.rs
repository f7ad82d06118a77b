//! TOML definitions with their places: text → checked [`Framework`], [`Plan`]
//! and [`Project`].
//!
//! A file is checked twice. First its shape, against the JSON Schema of the type
//! it becomes (`shape`): unknown and missing keys, types, allowed words. Then
//! its sense: references, cycles, weights, goalposts, formulas, bands. Parts
//! that fail the first check are left out of the second, so that one run reports
//! everything.
//!
//! [`Framework`]: crate::plan::Framework
//! [`Plan`]: crate::plan::Plan
//! [`Project`]: crate::plan::Project

mod bands;
mod contest;
mod contexts;
mod document;
mod evidence;
mod formulas;
mod framework;
mod ids;
mod methods;
mod plausibility;
mod policy;
mod project;
mod rating;
mod reading;
mod robustness;
mod rubric;
mod shape;
mod stages;
mod syntax;
mod tree;
mod weighting;

pub use contest::{ContestDefinition, ContestReading, is_contest, is_index, read_contest};
pub use document::{Document, Step};
pub use framework::{FrameworkDefinition, parse_framework};
pub use plausibility::check_plausibility;
pub use project::{ProjectDefinition, ProjectReading, parse_project, read_project};
pub use robustness::check_robustness;
pub use rubric::{RubricDefinition, parse_rubric};
pub use weighting::AwaitedExperts;
