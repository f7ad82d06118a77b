use super::{Bilingual, bilingual};

/// The candidate most like `word`, when one is like enough to be worth asking
/// about: a Damerau-Levenshtein distance of at most a third of the longer word,
/// rounded up. Ties go to the first candidate.
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = word.trim().to_lowercase();
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&folded, &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| {
            let longer = candidate.chars().count().max(folded.chars().count());
            *distance <= longer.div_ceil(3) && *distance < longer
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The help for a word that nobody knows: the candidate most like it, or else
/// what `otherwise` says.
pub fn suggestion<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
    otherwise: Bilingual,
) -> Bilingual {
    match did_you_mean(word, candidates) {
        Some(near) => bilingual!("是否想写 `{near}`？", "did you mean `{near}`?"),
        None => otherwise,
    }
}

#[cfg(test)]
mod tests {
    use super::did_you_mean;

    #[test]
    fn near_words_are_offered_and_far_ones_are_not() {
        assert_eq!(did_you_mean("wieght", ["weight", "height"]), Some("weight"));
        assert_eq!(did_you_mean("武汉巿", ["武汉市", "合肥市"]), Some("武汉市"));
        assert_eq!(did_you_mean("zzz", ["weight"]), None);
        assert_eq!(did_you_mean("x", ["y"]), None);
    }
}
