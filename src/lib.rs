//! scaffold
pub mod definitions;
pub mod diagnostics;
pub mod digest;
pub mod index;
pub mod input;
pub mod model;
pub mod numeric;
pub mod plan;
pub mod project;
pub mod report;
pub mod store;
pub mod validate;
