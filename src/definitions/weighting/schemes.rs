use super::super::document::{Document, Step, at};
use super::{fits, make_weights, no_weights, unfit};
use crate::diagnostics::{Code, Finding, Findings, bilingual};
use crate::model::Id;
use crate::plan::{Aggregation, Expert, NodeSpec, Weighting, ahp_weights};

/// How far a number below the diagonal may be from the reciprocal of the one
/// above it, as a share: people round thirds.
const RECIPROCAL: f64 = 0.02;

/// The consistency ratio from which comparisons contradict each other (Saaty).
const LARGEST_RATIO: f64 = 0.1;

/// Checks that a scheme fits the children of its node.
pub(super) fn check(
    node: &NodeSpec,
    weighting: &Weighting,
    children: &[&Id],
    path: &[Step],
    document: &Document,
    findings: &mut Findings,
) {
    let id = &node.id;
    let at = |steps: &[Step]| document.place(&[path, &[Step::from("weighting")], steps].concat());
    match weighting {
        Weighting::Budget { of, experts, sheet: Some(_) } if of.is_empty() && experts.is_empty() => {}
        Weighting::Budget { sheet: Some(_), .. } => {
            findings.push(stated_twice(id).at(at(&at!["sheet"])));
        }
        Weighting::Budget { experts, .. } if experts.is_empty() => findings.push(no_experts(id).at(at(&[]))),
        Weighting::Ahp { of, .. } | Weighting::Budget { of, .. } if !fits(of, children) => {
            findings.push(unfit(id, children).at(at(&at!["of"])));
        }
        Weighting::Ahp { of, comparisons } => {
            if let Some((steps, finding)) = comparison_fault(id, of, comparisons) {
                findings.push(finding.at(at(&steps)));
            }
        }
        Weighting::Budget { experts, .. } => {
            for (index, expert) in experts.iter().enumerate() {
                if let Some(finding) = expert_fault(id, expert, children.len()) {
                    findings.push(finding.at(at(&at!["experts", index])));
                }
            }
        }
        Weighting::Optimised { importances } => {
            let of: Vec<Id> = importances.keys().cloned().collect();
            if !fits(&of, children) {
                findings.push(unfit(id, children).at(at(&at!["importances"])));
            } else if !make_weights(importances.values().copied()) {
                findings.push(no_weights(id).at(at(&at!["importances"])));
            }
            if node.aggregate.as_ref().is_some_and(|method| *method != Aggregation::Arithmetic) {
                findings.push(not_arithmetic(id).at(at(&[])));
            }
        }
        _ => {}
    }
}

/// The first thing wrong with a matrix of comparisons, and where.
fn comparison_fault(node: &Id, of: &[Id], comparisons: &[Vec<f64>]) -> Option<(Vec<Step>, Finding)> {
    let size = of.len();
    if let Some(row) = (0..size.max(comparisons.len()))
        .find(|row| *row >= size || comparisons.get(*row).is_none_or(|cells| cells.len() != size))
    {
        let finding = Finding::new(
            Code::WeightsUnfit,
            bilingual!(
                "“{node}”的比较矩阵不是 {size} 行 {size} 列",
                "the comparisons of `{node}` are not {size} rows of {size}"
            ),
            bilingual!(
                "每个下级一行一列，对角线写 1",
                "write a row and a column per child, 1 on the diagonal"
            ),
        );
        return Some((at!["comparisons", row.min(comparisons.len().saturating_sub(1))].to_vec(), finding));
    }
    for (row, cells) in comparisons.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            let mirror = comparisons.get(column).and_then(|cells| cells.get(row)).copied().unwrap_or(0.0);
            let reciprocal = (cell * mirror - 1.0).abs() <= RECIPROCAL;
            if *cell <= 0.0 || (row >= column && !reciprocal) {
                let (one, other) = (name(of, row), name(of, column));
                let finding = Finding::new(
                    Code::WeightsUnfit,
                    bilingual!(
                        "“{one}”比“{other}”写 {cell}，反过来写 {mirror}，不互为倒数",
                        "`{one}` against `{other}` is {cell} and the reverse is {mirror}: they are not reciprocal"
                    ),
                    bilingual!(
                        "对角线写 1，对称的两格互为倒数",
                        "write 1 on the diagonal and reciprocals across it"
                    ),
                );
                return Some((at!["comparisons", row, column].to_vec(), finding));
            }
        }
    }
    let found = ahp_weights(comparisons)?;
    if found.ratio <= LARGEST_RATIO {
        return None;
    }
    let (row, column) = found.farthest;
    let (one, other) = (name(of, row), name(of, column));
    let ratio = format!("{:.3}", found.ratio);
    let stated = comparisons.get(row)?.get(column)?;
    let implied = format!("{:.2}", found.weights.get(row)? / found.weights.get(column)?);
    let finding = Finding::new(
        Code::Inconsistent,
        bilingual!(
            "“{node}”的比较自相矛盾：一致性比率为 {ratio}，大于 0.1；离得最远的是“{one}”比“{other}”：写 {stated}，权重之比为 {implied}",
            "the comparisons of `{node}` contradict each other: their consistency ratio is {ratio}, above 0.1; farthest off is `{one}` against `{other}`, stated as {stated}, where the weights are {implied} to 1"
        ),
        bilingual!("请专家重新比较", "have the experts compare again"),
    );
    Some((at!["comparisons", row, column].to_vec(), finding))
}

fn name(of: &[Id], at: usize) -> String {
    of.get(at).map_or(String::new(), ToString::to_string)
}

fn expert_fault(node: &Id, expert: &Expert, children: usize) -> Option<Finding> {
    let (name, found) = (crate::diagnostics::shown(&expert.name), expert.points.len());
    if found != children {
        return Some(Finding::new(
            Code::WeightsUnfit,
            bilingual!(
                "专家“{name}”给了 {found} 个分数，“{node}”有 {children} 个下级",
                "the expert `{name}` gives {found} points, and `{node}` has {children} children"
            ),
            bilingual!("按 `of` 的次序每个下级写一个", "write one per child, in the order of `of`"),
        ));
    }
    (!make_weights(expert.points.iter().copied())).then(|| no_weights(node))
}

fn stated_twice(node: &Id) -> Finding {
    Finding::new(
        Code::BadValue,
        bilingual!(
            "“{node}”的专家分数既写在框架里，又写在表中",
            "the experts' points of `{node}` are stated here and in a table"
        ),
        bilingual!("`sheet` 与 `experts`、`of` 二者取一", "keep either `sheet` or `experts` with `of`"),
    )
}

fn no_experts(node: &Id) -> Finding {
    Finding::new(
        Code::MissingKey,
        bilingual!("“{node}”没有写专家的分数", "`{node}` names no experts"),
        bilingual!(
            "写 `sheet = {{ file = \"experts.csv\", expert = \"专家\" }}`，或写 `of` 与 `experts`",
            "write `sheet = {{ file = \"experts.csv\", expert = \"expert\" }}`, or `of` and `experts`"
        ),
    )
}

fn not_arithmetic(node: &Id) -> Finding {
    Finding::new(
        Code::WeightsUnfit,
        bilingual!(
            "按重要性求权重只适用于算术平均，“{node}”不是",
            "weights for stated importances exist for arithmetic means only, and `{node}` is none"
        ),
        bilingual!(
            "用 `aggregate = {{ method = \"arithmetic\" }}`",
            "use `aggregate = {{ method = \"arithmetic\" }}`"
        ),
    )
}
