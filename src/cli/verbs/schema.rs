use benchline::diagnostics::Failure;
use benchline::plan::{contest_schema, framework_schema, project_schema, rubric_schema};

use crate::cli::args::SchemaOf;
use crate::cli::exit::Exit;
use crate::cli::render::print;

/// Prints the JSON Schema of a file format.
pub fn run(of: SchemaOf) -> Result<Exit, Failure> {
    let schema = match of {
        SchemaOf::Framework => framework_schema(),
        SchemaOf::Project => project_schema(),
        SchemaOf::Rubric => rubric_schema(),
        SchemaOf::Contest => contest_schema(),
    };
    print(&format!("{:#}\n", schema.as_value()))?;
    Ok(Exit::Done)
}
