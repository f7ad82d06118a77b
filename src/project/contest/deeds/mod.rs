//! Deeds of the contest day → events.

mod appeals;
mod draws;
mod events;
mod files;
mod forms;
mod recount;
mod sheets;

use super::open::{Base, read_input};
use crate::contest::{ContestResult, evaluate};
use crate::diagnostics::{Bilingual, Code, Finding, Findings, bilingual, shown};
use crate::ledger::{Body, Day, Happening, Signed, Why};
use crate::validate::ContestInput;

pub use recount::Choice;

pub(super) use events::gone;
pub(super) use files::changed_files;
pub(super) use forms::on_record;
pub(super) use recount::{drawn, folder as recount_folder};
pub(super) use sheets::sheets_of;

/// Something that is done on the contest day.
#[derive(Clone, Debug)]
pub enum Deed<'a> {
    /// Fixes what a draw is made from, and its secret by a hash.
    Commit {
        /// Id of the draw in the project.
        draw: &'a str,
        /// The secret, kept until the draw.
        secret: &'a str,
    },
    /// Makes a draw.
    Reveal {
        /// Id of the draw.
        draw: &'a str,
        /// The secret.
        secret: &'a str,
        /// The public value.
        public: &'a str,
    },
    /// Keys the sheets that the project declares, or score sheets of `contest forms`,
    /// that are not on record.
    Enter {
        /// Only these files; all that are declared if empty.
        files: &'a [String],
        /// To be compared with the first entry.
        second: bool,
    },
    /// Corrects a mark, or decides between two entries of it.
    Correct(Happening),
    /// Puts an event on record.
    Happened(Happening),
    /// Puts files of the project on record anew.
    Accept(&'a str),
    /// Signs the result.
    Sign {
        /// The stage or the round.
        of: &'a str,
        /// In what office.
        role: &'a str,
    },
    /// Hides names.
    Seal(&'a str),
    /// Shows names.
    Unseal(&'a str),
    /// Draws whose marks are counted again.
    DrawRecount(Choice<'a>),
    /// Compares what was keyed for a recount, by its id, with what counts.
    Recount(&'a str),
    /// Opens an appeal.
    Appeal {
        /// Id of the appeal.
        id: &'a str,
        /// Whose it is.
        entry: &'a str,
        /// The stage.
        stage: &'a str,
        /// What it says.
        reason: &'a str,
    },
    /// Decides an appeal.
    Decide {
        /// Id of the appeal.
        id: &'a str,
        /// Whether it is upheld.
        upheld: bool,
        /// Why.
        reason: &'a str,
    },
}

/// The events that a deed comes to; `None` with findings if it cannot be done.
pub(super) fn bodies(
    base: &Base,
    input: &ContestInput,
    day: &Day,
    by: &str,
    deed: &Deed<'_>,
    findings: &mut Findings,
) -> Option<Vec<Body>> {
    let one = match deed {
        Deed::Commit { draw, secret } => draws::commit(base, input, day, draw, secret, findings)?,
        Deed::Reveal { draw, secret, public } => draws::reveal(day, draw, secret, public, findings)?,
        Deed::Enter { files, second } => return sheets::enter(base, day, by, files, *second, findings),
        Deed::Correct(happening) => sheets::correct(day, happening),
        Deed::Happened(happening) => Body::Happened(happening.clone()),
        Deed::Accept(reason) => files::accept(base, input, day, reason, findings)?,
        Deed::Sign { of, role } => sign(base, input, of, role, findings)?,
        Deed::Seal(_) if day.is_sealed() => return refuse(findings, sealed_already(true)),
        Deed::Unseal(_) if !day.is_sealed() => return refuse(findings, sealed_already(false)),
        Deed::Seal(reason) => Body::Sealed(Why { reason: (*reason).to_owned() }),
        Deed::Unseal(reason) => Body::Unsealed(Why { reason: (*reason).to_owned() }),
        Deed::DrawRecount(choice) => recount::draw(base, input, day, choice, findings)?,
        Deed::Recount(id) => recount::count(base, day, by, id, findings)?,
        Deed::Appeal { id, entry, stage, reason } => {
            appeals::open(base, input, day, (id, entry, stage, reason), findings)?
        }
        Deed::Decide { id, upheld, reason } => {
            appeals::decide(base, input, day, id, *upheld, reason, findings)?
        }
    };
    Some(vec![one])
}

fn refuse<T>(findings: &mut Findings, finding: Finding) -> Option<T> {
    findings.push(finding);
    None
}

/// SHA-256 of a result as JSON, as it stands on the documents.
pub(super) fn result_hash(result: &ContestResult) -> String {
    crate::digest::sha256(&serde_json::to_vec(result).unwrap_or_default())
}

fn result(base: &Base, findings: &mut Findings) -> Option<ContestResult> {
    let open = read_input(base.clone(), findings)?;
    evaluate(&open.input, &open.rubric.rubric, findings)
}

fn sign(base: &Base, input: &ContestInput, of: &str, role: &str, findings: &mut Findings) -> Option<Body> {
    let result = result(base, findings)?;
    let known = base.rubric.as_ref()?.rubric.stages.iter().any(|stage| stage.id.as_str() == of)
        || input.rounds().iter().any(|round| round.id.as_str() == of);
    if !known {
        return refuse(findings, no_stage(of));
    }
    Some(Body::Signed(Signed {
        of: of.to_owned(),
        role: role.to_owned(),
        result_sha256: result_hash(&result),
    }))
}

fn bad_deed(message: Bilingual, help: Bilingual) -> Finding {
    Finding::new(Code::BadDeed, message, help)
}

fn sealed_already(sealed: bool) -> Finding {
    if sealed {
        bad_deed(
            bilingual!("名单已经封存", "names are sealed already"),
            bilingual!("用 `unseal` 解封", "use `unseal` to show them"),
        )
    } else {
        bad_deed(
            bilingual!("名单没有封存", "names are not sealed"),
            bilingual!("用 `seal` 封存", "use `seal` to hide them"),
        )
    }
}

fn no_stage(id: &str) -> Finding {
    let id = shown(id);
    bad_deed(
        bilingual!("没有已举行的阶段“{id}”", "there is no stage `{id}` that was held"),
        bilingual!("写评分细则中阶段的标识", "write the id of a stage of the rubric"),
    )
}
