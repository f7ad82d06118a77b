//! scaffold
pub mod diagnostics;
pub mod digest;
pub mod input;
pub mod model;
pub mod numeric;
pub mod plan;
