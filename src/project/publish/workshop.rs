use std::path::Path;

use crate::report::view::View;
use crate::report::{TemplateError, Templates};
use crate::store::DocumentCache;

use super::pool::Refused;

/// The folder of the document cache within the project.
const CACHE: &str = ".benchline/cache";

/// What documents are made with: templates, the typesetter that read them, and
/// the cache of documents made before.
pub(in crate::project) struct Workshop<'a> {
    pub(in crate::project) templates: &'a Templates,
    cache: DocumentCache,
    #[cfg(feature = "pdf")]
    typesetter: std::sync::OnceLock<Result<Ready, crate::diagnostics::Findings>>,
}

#[cfg(feature = "pdf")]
struct Ready {
    typesetter: crate::report::Typesetter,
    fingerprint: String,
}

impl<'a> Workshop<'a> {
    /// The workshop of the project in the folder `root`, with its cache there.
    pub(in crate::project) fn new(root: &Path, templates: &'a Templates, cache: bool) -> Self {
        let folder = root.join(CACHE);
        let cache = if cache { DocumentCache::in_folder(folder) } else { DocumentCache::none() };
        Self {
            templates,
            cache,
            #[cfg(feature = "pdf")]
            typesetter: std::sync::OnceLock::new(),
        }
    }

    /// Keeps the cache within its bounds.
    pub(in crate::project) fn tidy(&self) {
        self.cache.trim();
    }

    /// The PDF of a view: from the cache if everything that it is made from is as
    /// it was.
    #[cfg(feature = "pdf")]
    pub(in crate::project) fn pdf<V: View>(
        &self,
        view: Result<V, TemplateError>,
    ) -> Result<Vec<u8>, Refused> {
        let view = view?;
        let ready = self.typesetter.get_or_init(|| {
            let typesetter = crate::report::Typesetter::new(self.templates)?;
            let fingerprint = typesetter.fingerprint();
            Ok(Ready { typesetter, fingerprint })
        });
        let Ready { typesetter, fingerprint } = ready.as_ref().map_err(Clone::clone)?;
        let json = serde_json::to_string(&view).map_err(|error| TemplateError::new(V::TEMPLATE, error))?;
        let made_from = [fingerprint.as_str(), V::TEMPLATE, &view.identity(), &json].join("\n");
        let key = crate::digest::sha256(made_from.as_bytes());
        if let Some(kept) = self.cache.get(&key) {
            return Ok(kept);
        }
        let pdf = typesetter.typeset(&view)?.pdf;
        self.cache.put(&key, &pdf);
        Ok(pdf)
    }

    #[cfg(not(feature = "pdf"))]
    pub(in crate::project) fn pdf<V: View>(&self, _: Result<V, TemplateError>) -> Result<Vec<u8>, Refused> {
        Err(crate::diagnostics::Failure::NotBuiltIn("pdf").into())
    }
}
