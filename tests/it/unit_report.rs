//! Reports about one unit.
use crate::support::scored;
use benchline::diagnostics::Lang;
use benchline::insight::insight;
use benchline::report::{Audience, Templates, Typesetter, UnitReports, unit_report};

#[test]
#[ignore]
fn dump() {
    let path = std::env::var("P").unwrap();
    let out = std::env::var("O").unwrap();
    let scored = scored(std::path::Path::new(&path));
    let m = scored.material();
    let t0 = std::time::Instant::now();
    let ins = insight(m.input, m.framework, m.evaluation, &m.project.insight);
    println!("insight {:?}", t0.elapsed());
    let templates =
        Templates::with_overrides(|p| std::fs::read_to_string(format!("report-templates/{p}")).ok());
    let codes = std::env::var("C").unwrap();
    for lang in Lang::ALL {
        for audience in [Audience::Internal, Audience::Public] {
            let t0 = std::time::Instant::now();
            let r = UnitReports::new(m, &ins, &templates, lang, audience).unwrap();
            println!("new {:?}", t0.elapsed());
            let t0 = std::time::Instant::now();
            for u in 0..m.input.panel().units().len() {
                r.report(u).unwrap();
            }
            println!("all {:?}", t0.elapsed());
            for code in codes.split(',') {
                let u = m.input.panel().units().position(code).unwrap();
                let v = r.report(u).unwrap();
                let json = serde_json::to_string(&v).unwrap();
                std::fs::write(format!("{out}/{code}.{lang}.{}.json", audience.code()), json).unwrap();
            }
        }
    }
    let _ = (unit_report, Typesetter::new(&templates).is_ok());
}
