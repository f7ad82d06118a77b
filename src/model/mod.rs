//! The things an evaluation is about: units, periods, cells, matrices, weights.
//!
//! These types make wrong states impossible to build rather than checked for
//! later; none of them reads files or computes a method.

mod cell;
mod direction;
mod id;
mod matrix;
mod panel;
mod sample;
mod unit;
mod weights;

pub use cell::{Absence, Cell, Observation, Origin};
pub use direction::Direction;
pub use id::Id;
pub use matrix::{Column, Matrix, Normalised, Raw, Treated};
pub use panel::{Panel, Period, Row};
pub use sample::{Precision, Sample};
pub use unit::{Registry, Role, Unit, UnitCode};
pub use weights::{BadWeights, Weights};
