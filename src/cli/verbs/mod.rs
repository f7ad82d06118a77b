pub mod check;
pub mod completions;
pub mod contest;
pub mod demo;
pub mod new;
pub mod publish;
pub mod schema;
pub mod score;
