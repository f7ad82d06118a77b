use crate::report::Material;
use crate::robustness::Variant;

/// Units of each band by the share of draws in which they keep it, with the
/// position of the band: all bands that have units, and where single units may
/// not be spoken of only those with enough of them.
pub(crate) fn certainty(material: &Material<'_>, variant: &Variant) -> Vec<(usize, [usize; 4])> {
    let evaluation = material.evaluation;
    let bands = evaluation.plan.rating.as_ref().map_or(0, |rating| rating.bands.len());
    let start = material.input.panel().rows_of(material.input.edition()).start;
    let band_of = |unit: usize| evaluation.outcomes.get(start + unit).and_then(|outcome| outcome.band);
    let least = if super::shows_units(material) { 1 } else { material.disclosure.small_cells.max(1) };
    let counted = variant.certainty(bands, band_of).into_iter().enumerate();
    counted.filter(|(_, counts)| counts.iter().sum::<usize>() >= least).collect()
}
