use crate::diagnostics::{Code, Finding, Findings, bilingual, shown};
use crate::digest::sha256;
use crate::input::Folder;
use crate::validate::Asked;

/// The hashes of files that are named as evidence: beside the file that names them,
/// or in the project. A text that ends as the name of a file and is none is a
/// finding; other texts are references in words.
pub(super) fn add_evidence(asked: &mut [Asked], folders: &[&Folder], findings: &mut Findings) {
    for one in asked {
        let Some(evidence) = &mut one.correction.evidence else { continue };
        let Some(folder) = folders.iter().find(|folder| folder.has(&evidence.text)) else {
            if is_file_name(&evidence.text) {
                findings.push(no_evidence(&evidence.text).at(one.place.clone()));
            }
            continue;
        };
        evidence.sha256 = folder.read_bytes(&evidence.text, Some(&one.place), findings).map(|it| sha256(&it));
    }
}

/// Whether a text is one word that ends as files do: a dot and two to four letters
/// or digits, of which the first is a letter.
fn is_file_name(text: &str) -> bool {
    let ending = text.rsplit_once('.').map(|(_, ending)| ending);
    ending.is_some_and(|ending| {
        (2..=4).contains(&ending.len())
            && ending.starts_with(|first: char| first.is_ascii_alphabetic())
            && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
    }) && !text.contains(char::is_whitespace)
}

fn no_evidence(text: &str) -> Finding {
    let text = shown(text);
    Finding::new(
        Code::BadCorrection,
        bilingual!("找不到作为依据的文件“{text}”", "there is no file `{text}`, which is named as evidence"),
        bilingual!(
            "把它放在交来的表旁边或项目文件夹中；若只是文字说明，不要写成文件名",
            "put it beside the table or into the project; a reference in words should not end like a file"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::is_file_name;

    #[test]
    fn files_are_told_from_references_in_words() {
        for file in ["evidence/S09.pdf", "证明.png", "scan.JPG", "a.xlsx"] {
            assert!(is_file_name(file), "{file}");
        }
        for words in
            ["见附件3", "函〔2025〕66号", "来函 2025.11", "version 1.5", "附件.", "见 report.pdf 第 3 页"]
        {
            assert!(!is_file_name(words), "{words}");
        }
    }
}
