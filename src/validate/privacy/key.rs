use crate::diagnostics::{Code, Finding, Findings, Place, bilingual};
use crate::digest::hmac_sha256;
use crate::input::Folder;
use crate::plan::{Personal, Privacy};

use super::numbers;

/// Fewest letters of a key.
const FEWEST: usize = 16;

/// The key by which personal data are hashed. It is never shown.
pub(super) struct Key(String);

impl Key {
    /// Reads the key of a policy that hashes; one that is missing or short is a
    /// finding at `place`.
    pub(super) fn read(
        folder: &Folder,
        privacy: &Privacy,
        place: &Place,
        findings: &mut Findings,
    ) -> Option<Self> {
        if privacy.personal != Personal::Hash {
            return None;
        }
        let Some(path) = &privacy.salt else {
            findings.push(
                bad(bilingual!("`personal = \"hash\"` 没有密钥", "`personal = \"hash\"` has no key"))
                    .at(place.clone()),
            );
            return None;
        };
        // What is wrong with its encoding would be shown with an excerpt.
        let mut own = Findings::new();
        let text = folder.read_text(path, Some(place), &mut own);
        own.conceal();
        findings.append(own);
        let key = text?.text.trim().to_owned();
        if key.chars().count() < FEWEST {
            let message = bilingual!(
                "密钥文件“{path}”不足 {FEWEST} 个字符",
                "the key in `{path}` has fewer than {FEWEST} letters"
            );
            findings.push(bad(message).at(place.clone()));
            return None;
        }
        Some(Self(key))
    }

    /// What stands for a value: the first 16 digits of its HMAC-SHA-256. Numbers are
    /// compared without separators, `+86` and width.
    pub(super) fn hash(&self, value: &str) -> String {
        let hash = hmac_sha256(self.0.as_bytes(), numbers::bare(value).as_bytes());
        format!("h{}", hash.get(..16).unwrap_or_default())
    }
}

fn bad(message: crate::diagnostics::Bilingual) -> Finding {
    Finding::new(
        Code::NoPrivacyKey,
        message,
        bilingual!(
            "在项目中放一个至少 {FEWEST} 个随机字符的文本文件，写 `salt = \"文件名\"`；不要发给别人",
            "put a text file of at least {FEWEST} random letters into the project, write `salt = \"its name\"`, and give it to nobody"
        ),
    )
}
