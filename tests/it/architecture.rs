//! The table of modules in docs/architecture.md, held against the code.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use syn::visit::{self, Visit};

use crate::support::root;

/// Module to the modules that it may import, in the order of the table.
fn table() -> Vec<(String, BTreeSet<String>)> {
    let text = std::fs::read_to_string(root().join("docs/architecture.md")).unwrap();
    let section = text.split("## Modules").nth(1).expect("a section `## Modules`");
    let rows =
        section.lines().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
    let clean = |cell: &str| cell.trim().trim_matches('`').to_owned();
    rows.skip(2)
        .map(|row| {
            let cells: Vec<&str> = row.trim_matches('|').split('|').collect();
            let allowed = cells[2].split(',').map(clean).filter(|name| name != "-" && !name.is_empty());
            (clean(cells[0]), allowed.collect())
        })
        .collect()
}

/// The modules of the crate that a file names in paths outside its tests.
#[derive(Default)]
struct Imports(BTreeSet<String>);

impl<'ast> Visit<'ast> for Imports {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        let test = module.attrs.iter().any(|attribute| {
            attribute.path().is_ident("cfg")
                && attribute.parse_args::<syn::Ident>().is_ok_and(|name| name == "test")
        });
        if !test {
            visit::visit_item_mod(self, module);
        }
    }

    fn visit_use_path(&mut self, path: &'ast syn::UsePath) {
        if path.ident == "crate" {
            self.collect_tree(&path.tree);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let mut segments = path.segments.iter();
        if segments.next().is_some_and(|first| first.ident == "crate")
            && let Some(module) = segments.next()
        {
            self.0.insert(module.ident.to_string());
        }
        visit::visit_path(self, path);
    }
}

impl Imports {
    fn collect_tree(&mut self, tree: &syn::UseTree) {
        match tree {
            syn::UseTree::Path(path) => drop(self.0.insert(path.ident.to_string())),
            syn::UseTree::Name(name) => drop(self.0.insert(name.ident.to_string())),
            syn::UseTree::Rename(name) => drop(self.0.insert(name.ident.to_string())),
            syn::UseTree::Group(group) => group.items.iter().for_each(|item| self.collect_tree(item)),
            syn::UseTree::Glob(_) => panic!("a glob import hides what it imports"),
        }
    }
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let files = crate::support::files(folder).into_iter().map(|(name, _)| folder.join(name));
    files.filter(|path| path.extension().is_some_and(|extension| extension == "rs")).collect()
}

fn module_of(path: &Path) -> String {
    let inside = path.strip_prefix(root().join("src")).unwrap();
    inside.components().next().unwrap().as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned()
}

/// Module to the modules that it imports.
fn imports() -> BTreeMap<String, BTreeSet<String>> {
    let mut imports: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for path in sources(&root().join("src")) {
        let mut found = Imports::default();
        found.visit_file(&syn::parse_file(&std::fs::read_to_string(&path).unwrap()).unwrap());
        imports.entry(module_of(&path)).or_default().extend(found.0);
    }
    imports
}

#[test]
fn modules_import_what_the_table_allows() {
    let (table, imports) = (table(), imports());
    let known: BTreeSet<&String> = table.iter().map(|(module, _)| module).collect();
    let mut faults = Vec::new();
    for (module, allowed) in &table {
        let found = imports.get(module).cloned().unwrap_or_default();
        let others: BTreeSet<String> =
            found.into_iter().filter(|name| name != module && known.contains(name)).collect();
        for import in others.difference(allowed) {
            faults.push(format!("`{module}` imports `{import}`, which the table does not allow"));
        }
        for import in allowed.difference(&others) {
            faults.push(format!("the table allows `{module}` to import `{import}`, and it does not"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// A module imports only from rows above its own: data flows one way.
#[test]
fn no_module_imports_upward() {
    let mut above = BTreeSet::new();
    for (module, allowed) in table() {
        let upward: Vec<_> = allowed.difference(&above).collect();
        assert!(upward.is_empty(), "`{module}` may import {upward:?}, which stand below it");
        above.insert(module);
    }
}

#[test]
fn every_module_is_in_the_table() {
    let table: BTreeSet<String> = table().into_iter().map(|(module, _)| module).collect();
    let modules: BTreeSet<String> =
        imports().into_keys().filter(|module| !["lib", "main", "cli"].contains(&module.as_str())).collect();
    assert_eq!(table, modules);
}

/// The command line lives in the binary and sees the public interface only.
#[test]
fn the_command_line_is_no_part_of_the_library() {
    let lib = std::fs::read_to_string(root().join("src/lib.rs")).unwrap();
    assert!(!lib.contains("mod cli"));
}

/// The program knows no index: the compound ids and the long names of the
/// bundled frameworks occur in no source file.
#[test]
fn no_code_knows_an_index() {
    let frameworks = ["indicators/human-development.toml", "examples/starter/indicators/my-index.toml"];
    let mut words = BTreeSet::from(["75000".to_owned(), "22.5".to_owned()]);
    for path in frameworks {
        let text = std::fs::read_to_string(root().join(path)).unwrap();
        let framework: toml::Table = text.parse().unwrap();
        for list in ["node", "indicator"] {
            for one in framework[list].as_array().unwrap() {
                let id = one["id"].as_str().unwrap();
                words.extend(Some(id.to_owned()).filter(|id| id.contains('_') && id.len() > 5));
                let name = one["name"]["en"].as_str().unwrap();
                words.extend(Some(name.to_lowercase()).filter(|name| name.len() > 12));
            }
        }
    }
    assert!(words.len() > 30, "{words:?}");
    for path in sources(&root().join("src")) {
        let text = std::fs::read_to_string(&path).unwrap().to_lowercase();
        let text = text.split("#[cfg(test)]").next().unwrap();
        for word in &words {
            assert!(!text.contains(word.as_str()), "{} speaks of {word}", path.display());
        }
    }
}
