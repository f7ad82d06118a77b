//! Integration tests, in one binary: each one links the typesetter.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests read, write and fail loudly"
)]

mod absent;
mod aggregations;
mod architecture;
mod assess;
mod audit_report;
mod batch;
mod board;
mod bombs;
mod cli;
mod coherence;
mod coherence_properties;
mod confirmation;
mod contest;
mod contest_day;
mod contest_docs;
mod contest_sheets;
mod cross_check;
mod day;
mod day_codes;
mod day_docs;
mod day_sign_off;
mod day_slides;
mod determinism;
mod diff;
mod events_table;
mod every_method;
mod experts;
mod findings;
mod forms;
mod goldens;
mod hdi;
mod hotline;
mod input;
mod input_cases;
mod insight;
mod kills;
mod leaks;
mod mcdm;
mod methods;
mod mutated;
mod national;
mod new_forms;
mod parsers;
mod payloads;
mod plausibility;
mod policy;
mod privacy;
mod properties;
mod publishing;
mod rating;
mod recount;
mod report;
mod returned;
mod revise;
mod revise_faults;
mod revise_kills;
mod revision_pages;
mod revision_public;
mod robustness;
mod schema;
mod score_forms;
mod send_back;
mod small_cells;
mod stages;
mod support;
mod unit_report;
mod workbooks;
