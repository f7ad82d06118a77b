//! The reference bundle of an edition: its method and how its results are
//! spread, without any unit's data. With it a unit scores its own data as the
//! edition would have done, and sees what sets it apart.

mod build;
mod bundle;
mod measure;
mod read;
mod request;

pub use build::build;
pub use bundle::{Bundle, BundleUnit, GroupMedian, Quantile, Spread};
pub use measure::{Assessment, IndicatorResult, NodeResult, measure};
pub use read::{no_text, read, written};
pub use request::Request;
