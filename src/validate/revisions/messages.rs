use super::{Stated, Step, stated_of};
use crate::diagnostics::{Bilingual, Code, Finding, Place, bilingual, shown};
use crate::ledger::Correction;
use crate::model::{Absence, Cell};
use crate::plan::Variable;

/// How a value is told.
pub(in super::super) fn told(stated: Stated) -> Bilingual {
    match stated {
        Stated::Cell(Cell::Value(value)) => Bilingual::same(value.to_string()),
        Stated::Cell(Cell::Absent(Absence::NotApplicable)) => bilingual!("不适用", "not applicable"),
        Stated::Cell(Cell::Absent(_)) => bilingual!("缺失", "missing"),
        Stated::Unreadable => bilingual!("无法识别", "unreadable"),
    }
}

/// The same finding about a value that a revision put there, saying so.
pub(in super::super) fn by_revision(mut finding: Finding, revision: usize, place: &Place) -> Finding {
    let place = place.to_string();
    finding.message.zh += &format!("；此值由第 {revision} 次修订更正（{place}）");
    finding.message.en += &format!("; the value is that of revision {revision} ({place})");
    finding
}

/// What a new value is told that is outside the range of its variable.
pub(in super::super) fn beyond(spec: Variable<'_>, number: f64) -> Option<Finding> {
    let range = spec.range?;
    let message = match (range.min, range.max) {
        (Some(min), _) if number < min => {
            bilingual!("更正值 {number} 小于下限 {min}", "the new value {number} is below {min}")
        }
        (_, Some(max)) if number > max => {
            bilingual!("更正值 {number} 大于上限 {max}", "the new value {number} is above {max}")
        }
        _ => return None,
    };
    let help = bilingual!(
        "更正数值；若确实如此，放宽框架中的 `range`",
        "correct the value; if it is right, widen `range` in the framework"
    );
    Some(Finding::new(Code::OutOfRange, message, help))
}

pub(super) fn unknown(number: usize, correction: &Correction) -> Finding {
    let (unit, indicator, period) =
        (shown(&correction.unit), shown(&correction.indicator), shown(&correction.period));
    Finding::new(
        Code::RevisionStale,
        bilingual!(
            "第 {number} 次修订更正的值已不在数据中：{unit}，{indicator}，{period}",
            "revision {number} corrects a value that the data no longer have: {unit}, {indicator}, {period}"
        ),
        bilingual!(
            "恢复单位名录、框架和期次；已登记的修订不能作废",
            "restore registry, framework and period: a revision on record cannot be undone by taking its value away"
        ),
    )
}

/// A correction of a value that is no longer what it was.
pub(in super::super) fn stale(step: &Step, found: Stated) -> Finding {
    let Step { revision: number, correction, .. } = step;
    let (unit, indicator) = (shown(&correction.unit), shown(&correction.indicator));
    let known = told(stated_of(&correction.old).unwrap_or(Stated::Unreadable));
    let (old_zh, old_en) = (known.zh, known.en);
    let found = told(found);
    let (found_zh, found_en) = (found.zh, found.en);
    Finding::new(
        Code::RevisionStale,
        bilingual!(
            "第 {number} 次修订登记时，{unit} 的“{indicator}”是 {old_zh}，现在是 {found_zh}",
            "when revision {number} was logged, `{indicator}` of {unit} was {old_en}; now it is {found_en}"
        ),
        bilingual!(
            "恢复数据文件；改数用 `benchline revise`，不改原文件",
            "restore the data file: values are changed by `benchline revise`, not in the file"
        ),
    )
}

/// What was wrong with a value that a revision has replaced.
pub(in super::super) fn replaced(fault: &Finding, step: &Step) -> Finding {
    let (number, place) = (step.revision, step.place.to_string());
    let new = told(stated_of(&step.correction.new).unwrap_or(Stated::Unreadable));
    let (zh, en, new_zh, new_en) = (&fault.message.zh, &fault.message.en, new.zh, new.en);
    let mut note = Finding::new(
        Code::FaultRevised,
        bilingual!(
            "{zh}；已由第 {number} 次修订更正为 {new_zh}（{place}）",
            "{en}; revision {number} has put {new_en} in its place ({place})"
        ),
        bilingual!("原文件不用改", "leave the file as it is"),
    );
    note.place = fault.place.clone();
    note
}

/// A file whose content is no longer that on record.
pub(super) fn changed_since(number: usize, path: &str) -> Finding {
    let place = Place::file(path);
    let path = shown(path);
    Finding::new(
        Code::DataChangedSince,
        bilingual!("“{path}”在第 {number} 次修订之后改动过", "`{path}` was changed after revision {number}"),
        bilingual!(
            "恢复原文件；若改动是应有的，下一次修订会记下新的文件",
            "restore the file; if the change is meant, the next revision puts the new file on record"
        ),
    )
    .at(place)
}
