use super::bundle::Bundle;
use crate::diagnostics::{Code, Failure, Finding, Findings, Place, bilingual};
use crate::digest::sha256;
use crate::input::TextFile;

/// The file of a bundle, which carries its own hash.
pub fn written(bundle: &Bundle) -> Result<Vec<u8>, Failure> {
    let internal = |error: serde_json::Error| Failure::Internal(format!("bundle: {error}"));
    let unsigned = Bundle { sha256: String::new(), ..bundle.clone() };
    let text = serde_json::to_string_pretty(&unsigned).map_err(internal)? + "\n";
    let signed = Bundle { sha256: sha256(text.as_bytes()), ..unsigned };
    Ok((serde_json::to_string_pretty(&signed).map_err(internal)? + "\n").into_bytes())
}

/// Reads a bundle. One that is of another form, or was changed since it was
/// written, is a finding.
pub fn read(file: &TextFile, findings: &mut Findings) -> Option<Bundle> {
    let place = || Place::file(&*file.name);
    let bundle: Bundle = match serde_json::from_str(&file.text) {
        Ok(bundle) => bundle,
        Err(problem) => {
            findings.push(not_a_bundle(&problem.to_string()).at(place()));
            return None;
        }
    };
    if bundle.schema != Bundle::SCHEMA {
        findings.push(not_a_bundle(&bundle.schema).at(place()));
        return None;
    }
    let unsigned = file.text.replacen(&bundle.sha256, "", 1);
    if bundle.sha256.is_empty() || sha256(unsigned.as_bytes()) != bundle.sha256 {
        findings.push(
            Finding::new(
                Code::BundleChanged,
                bilingual!("基准包发布后被改动过", "the reference bundle was changed after it was published"),
                bilingual!("向发布单位重新索取", "get it again from its publisher"),
            )
            .at(place()),
        );
        return None;
    }
    Some(bundle)
}

/// A file that is no text, such as a workbook.
pub fn no_text() -> Finding {
    not_a_bundle_for("不是文本", "it is no text")
}

fn not_a_bundle(problem: &str) -> Finding {
    not_a_bundle_for(problem, problem)
}

fn not_a_bundle_for(zh: &str, en: &str) -> Finding {
    Finding::new(
        Code::NotABundle,
        bilingual!("不是可用的基准包：{zh}", "this is no reference bundle: {en}"),
        bilingual!(
            "给出 `benchline publish` 写的 .bundle.json 文件",
            "give the .bundle.json file that `benchline publish` writes"
        ),
    )
}
