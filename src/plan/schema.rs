use schemars::Schema;

use super::{Framework, Project};

/// The JSON Schema (draft 2020-12) of a framework file.
pub fn framework_schema() -> Schema {
    schemars::schema_for!(Framework)
}

/// The JSON Schema (draft 2020-12) of `benchline.toml`.
pub fn project_schema() -> Schema {
    schemars::schema_for!(Project)
}
