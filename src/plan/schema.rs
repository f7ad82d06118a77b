use schemars::Schema;

use super::{ContestProject, Framework, Project, Rubric};

/// The JSON Schema (draft 2020-12) of a framework file.
pub fn framework_schema() -> Schema {
    schemars::schema_for!(Framework)
}

/// The JSON Schema (draft 2020-12) of `benchline.toml`.
pub fn project_schema() -> Schema {
    schemars::schema_for!(Project)
}

/// The JSON Schema (draft 2020-12) of the `benchline.toml` of a contest.
pub fn contest_schema() -> Schema {
    schemars::schema_for!(ContestProject)
}

/// The JSON Schema (draft 2020-12) of a rubric file.
pub fn rubric_schema() -> Schema {
    schemars::schema_for!(Rubric)
}
