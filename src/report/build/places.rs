use super::Scope;
use crate::model::Id;
use crate::plan::{Group, GroupMember};

/// Names of groups and units, and scores of nodes.
impl<'a> Scope<'a> {
    pub(super) fn group(&self, id: &Id) -> Option<&'a Group> {
        self.material.framework.groups.iter().find(|group| group.id == *id)
    }

    pub(super) fn member(&self, group: &Id, member: &Id) -> Option<&'a GroupMember> {
        self.group(group)?.members.iter().find(|known| known.id == *member)
    }

    /// What a kind of group is called.
    pub(super) fn group_name(&self, id: &Id) -> String {
        self.group(id).map_or_else(|| id.to_string(), |group| self.text(&group.name).to_owned())
    }

    /// What a member is called; units that belong to none are others.
    pub(super) fn member_name(&self, group: &Id, member: Option<&Id>) -> String {
        match member {
            None => self.words.word("word_others").unwrap_or_default(),
            Some(id) => {
                self.member(group, id).map_or_else(|| id.to_string(), |one| self.text(&one.name).to_owned())
            }
        }
    }

    /// Whether the members of a kind of group have tiles on a map.
    pub(super) fn has_map(&self, group: &Id) -> bool {
        self.group(group).is_some_and(|group| group.members.iter().any(|member| member.tile.is_some()))
    }

    /// The groups of a unit in a line: that of the map first, then the second
    /// without one, as cards show them; its code where there are none.
    pub(super) fn unit_meta(&self, unit: usize, without: Option<&Id>) -> String {
        let Some(known) = self.unit(unit) else { return String::new() };
        let framework = self.material.framework;
        let named: Vec<&Group> = framework.reading.named_by.iter().filter_map(|id| self.group(id)).collect();
        let mapped = framework.groups.iter().find(|group| self.has_map(&group.id));
        let plain = framework.groups.iter().filter(|group| !self.has_map(&group.id)).nth(1);
        let groups = if named.is_empty() { mapped.into_iter().chain(plain).collect() } else { named };
        let parts: Vec<String> = groups
            .into_iter()
            .filter(|group| Some(&group.id) != without)
            .filter_map(|group| self.member(&group.id, known.groups.get(&group.id)?))
            .map(|member| self.text(member.short()).to_owned())
            .collect();
        if parts.is_empty() { known.code.to_string() } else { parts.join(" · ") }
    }

    /// The score of a node or indicator of a unit in the edition.
    pub(super) fn node_score(&self, id: &Id, unit: usize) -> Option<f64> {
        self.material.evaluation.column(id)?.value(self.row(unit))
    }
}
