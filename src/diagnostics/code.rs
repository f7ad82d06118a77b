use serde::Serialize;

use super::Severity;

/// Declares the finding codes: variant, stable id, severity and one line of
/// documentation that says what the code reports.
macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $id:literal $severity:ident,)*) => {
        /// The kind of a finding. Its id never changes its meaning.
        ///
        /// `P` project folder, `T` TOML definitions, `I` input files, `V` values,
        /// `E` evaluation, `C` contests, `R` reports, `O` output folder, `A` assessment.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[$doc])* $name,)* }

        impl Code {
            /// Every code, in order of id within its family.
            pub const ALL: &'static [Code] = &[$(Code::$name,)*];

            /// The stable id, for example `V203`.
            pub fn id(self) -> &'static str {
                match self { $(Code::$name => $id,)* }
            }

            /// How bad a finding of this kind is.
            pub fn severity(self) -> Severity {
                match self { $(Code::$name => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    /// The folder holds no `benchline.toml`.
    NoProject = "P001" Error,
    /// The project names a framework that neither it nor benchline has.
    UnknownFramework = "P002" Error,
    /// A path in the project points outside its folder.
    UnsafePath = "P003" Error,
    /// The public may see something finer while something coarser is withheld.
    PolicyContradicts = "P010" Error,
    /// Reports or comparisons are asked for by a kind of group that the framework does not have.
    UnknownGroupKind = "P011" Error,

    /// The text is not TOML.
    TomlSyntax = "T001" Error,
    /// A key that means nothing here.
    UnknownKey = "T002" Error,
    /// A required key is absent.
    MissingKey = "T003" Error,
    /// A value of the wrong type.
    WrongType = "T004" Error,
    /// A value of the right type that is not allowed.
    BadValue = "T005" Error,
    /// Two things share an id.
    DuplicateId = "T006" Error,
    /// A parent, child or reference that is not declared.
    UnknownReference = "T007" Error,
    /// A node is its own descendant.
    Cycle = "T008" Error,
    /// A node or indicator that no result depends on.
    Orphan = "T009" Error,
    /// A node with nothing under it.
    EmptyNode = "T010" Error,
    /// A negative weight.
    NegativeWeight = "T011" Error,
    /// The weights under a parent sum to zero.
    ZeroWeights = "T012" Error,
    /// Some siblings have a weight and some have none.
    PartialWeights = "T013" Error,
    /// The policy for missing values is not declared.
    MissingPolicyAbsent = "T014" Error,
    /// Goalposts that do not span a range, or that the scale cannot take.
    BadGoalposts = "T015" Error,
    /// A step scale whose steps do not rise or run against the direction.
    BadSteps = "T016" Error,
    /// A formula that cannot be read.
    BadFormula = "T017" Error,
    /// A formula adds or compares things of different units of measure.
    UnitMismatch = "T018" Error,
    /// Two rating bands claim the same score.
    OverlappingBands = "T019" Error,
    /// A score that no rating band claims.
    BandGap = "T020" Error,
    /// A method that cannot take an indicator where lower is better.
    DirectionRefused = "T030" Error,
    /// Bounds in an indicator's own unit after a transform that leaves it.
    TransformedBounds = "T031" Error,
    /// Bands whose keys do not fit the rating rule.
    BandsUnfit = "T050" Error,
    /// A gate that asks nothing, or something impossible.
    BadGate = "T051" Error,
    /// Weights are stated where a method or scheme does not read them.
    IdleWeights = "T052" Error,
    /// A weighting scheme whose names or numbers do not fit the children.
    WeightsUnfit = "T053" Error,
    /// Pairwise comparisons that contradict each other.
    Inconsistent = "T054" Warning,
    /// Bounds that no weights can keep within.
    InfeasibleBounds = "T055" Error,

    /// The file is not there or cannot be opened.
    FileUnreadable = "I101" Error,
    /// The file is larger than the limit.
    FileTooLarge = "I102" Error,
    /// The file is empty or has a header only.
    EmptyFile = "I103" Error,
    /// The file is not UTF-8 text.
    WrongEncoding = "I104" Error,
    /// A row with more or fewer fields than the header.
    RaggedRow = "I105" Error,
    /// Two columns share a header.
    DuplicateHeader = "I106" Error,
    /// A column that is needed is not in the header.
    MissingColumn = "I107" Error,
    /// A column that nothing uses.
    UnusedColumn = "I108" Warning,
    /// A quotation mark that opens a field and is never closed.
    UnclosedQuote = "I109" Error,
    /// A header whose columns are not separated by commas.
    WrongSeparator = "I110" Error,
    /// A workbook that is damaged, or of a kind that is not read.
    WorkbookUnreadable = "I111" Error,
    /// A workbook that asks for a password.
    WorkbookEncrypted = "I112" Error,
    /// A workbook beyond the limits of size.
    WorkbookTooLarge = "I113" Error,
    /// No sheet of the name, or several that fit.
    SheetNotFound = "I114" Error,
    /// A row of a table that is a total or a note, not data.
    RowPassedOver = "I115" Note,
    /// A pattern of file names that no table of the project has.
    NoFileMatches = "I116" Error,
    /// A file among tables that is none.
    FilePassedOver = "I117" Warning,
    /// A row of a long table names an indicator that the framework does not have.
    UnknownIndicator = "I118" Error,
    /// Rows or columns with data that are hidden.
    HiddenCells = "I119" Warning,
    /// A number in cells merged over several rows, read for each of them.
    MergedNumber = "I120" Warning,
    /// The error of a formula where a value belongs.
    FormulaError = "I121" Error,
    /// A formula whose value is not in the file.
    FormulaUncomputed = "I122" Error,
    /// A column of percentages in which some are written as fractions.
    MixedPercent = "I123" Error,
    /// A column of percentages that may all be fractions.
    DoubtfulPercent = "I124" Warning,
    /// A period written so that it may mean another.
    UnclearPeriod = "I125" Error,
    /// A file called a workbook that is a page of markup.
    MarkupAsWorkbook = "I126" Error,
    /// Cells with letters that are not seen.
    InvisibleLetters = "I127" Warning,
    /// A text table with more lines or fields than are read.
    TableTooLarge = "I128" Error,
    /// A file names another unit of measure than the framework.
    OtherMeasure = "I140" Error,
    /// A comma that may be a decimal point or part thousands.
    DoubtfulComma = "I141" Error,

    /// A unit that the registry does not list.
    UnknownUnit = "V201" Error,
    /// A unit that occurs twice where it may occur once.
    DuplicateUnit = "V202" Error,
    /// Text where a number belongs.
    NotANumber = "V203" Error,
    /// NaN or an infinity.
    NotFinite = "V204" Error,
    /// A value outside the range that the framework declares.
    OutOfRange = "V205" Error,
    /// Two files give different values for one cell.
    ConflictingValue = "V206" Error,
    /// A row without a unit, or a registry row without a name.
    EmptyCell = "V207" Error,
    /// A group member that the framework does not declare.
    UnknownGroupMember = "V208" Error,
    /// The edition is not among the periods of the data.
    UnknownPeriod = "V209" Error,
    /// An indicator has no value at all in the edition.
    NoValues = "V210" Error,
    /// A unit has no score in this edition.
    NotAssessed = "V211" Note,
    /// Not one ranked unit has a score in this edition.
    NobodyAssessed = "V212" Error,
    /// A period with few rows beside the others, likely a misspelt one.
    ThinPeriod = "V213" Warning,
    /// A sample size, a count or a standard error that cannot be.
    BadSample = "V220" Error,
    /// A file slug that cannot be one, or that two units share.
    BadSlug = "V221" Error,
    /// A name that several units bear, or a unit and a group.
    AmbiguousUnit = "V222" Error,
    /// Neither yes nor no in a sheet of dial tests.
    BadMark = "V223" Error,
    /// A reduction of dial tests that cannot be computed.
    BadReduction = "V224" Error,
    /// There are no results to compare.
    NoResults = "V230" Error,
    /// A data-entry workbook whose locked cells were changed.
    DataFormChanged = "V231" Error,
    /// A data-entry workbook of another edition.
    DataFormOfOtherEdition = "V232" Error,
    /// A data-entry workbook made before a definition changed.
    DataFormAsksOther = "V233" Warning,
    /// A unit handed in two data-entry workbooks.
    DataFormTwice = "V234" Error,
    /// Units that handed in no data-entry workbook.
    DataFormsNotHere = "V235" Note,
    /// A confirmation sheet of another edition or project, or without a whole key.
    ForeignConfirmation = "V236" Error,
    /// The data of a unit changed after its confirmation sheet was made.
    ConfirmationStale = "V237" Error,
    /// What is locked on a confirmation sheet was changed.
    ConfirmationAltered = "V238" Error,
    /// A reply on a confirmation sheet that is none or contradicts itself.
    BadReply = "V239" Error,
    /// A line of the log of revisions does not follow from the one before it.
    RevisionsBroken = "V240" Error,
    /// The last line of the log of revisions was never finished.
    RevisionsTorn = "V241" Warning,
    /// A logged revision corrects a value that the data do not have.
    RevisionStale = "V242" Error,
    /// A correction states another old value than the data have.
    OldValueDiffers = "V243" Error,
    /// Two corrections of one value.
    CorrectedTwice = "V244" Error,
    /// A correction that lacks what it needs, contradicts itself or cannot be recorded.
    BadCorrection = "V245" Error,
    /// Values on a confirmation sheet that the unit said nothing to.
    ConfirmationOpen = "V246" Warning,
    /// A returned file came twice.
    SheetTwice = "V247" Error,
    /// A data file was changed after a revision was logged.
    DataChangedSince = "V248" Warning,

    /// A value far from the unit's own in the period before.
    UnlikelyJump = "V251" Warning,
    /// A percentage above 100.
    AboveWhole = "V252" Warning,
    /// A value that rests on few cases.
    SmallSample = "V253" Warning,
    /// Units with the same values throughout.
    IdenticalUnits = "V254" Warning,
    /// More round numbers than chance allows.
    RoundNumbers = "V255" Warning,
    /// An indicator in which most units have the best value.
    MostAtBest = "V256" Warning,
    /// Shares of one denominator whose samples differ in size.
    DenominatorsDiffer = "V257" Warning,
    /// A value that could not be used, which a revision has replaced.
    FaultRevised = "V258" Note,
    /// A file that holds what another holds.
    FileTwice = "V259" Warning,

    /// A column looks as if it held personal data.
    PersonalColumn = "V261" Error,
    /// A column of personal data is used where its values count.
    PersonalColumnUsed = "V262" Error,
    /// Personal data cannot be hashed without a secret key.
    NoPrivacyKey = "V263" Error,
    /// A column of personal data was hashed or not read.
    PersonalColumnPassed = "V264" Note,
    /// Cells of one or two units may be published.
    SmallestCells = "V265" Warning,
    /// Fewer units have a score than a cell of the public edition must have.
    TooFewForPublic = "V266" Error,
    /// A text that is to be logged has something personal in it.
    PersonalInLog = "V268" Error,
    /// The name of a file or a sheet has something personal in it.
    PersonalName = "V269" Error,

    /// An indicator that does not vary cannot be normalised by its spread.
    ConstantIndicator = "E301" Error,
    /// A value that the mean or formula cannot take.
    OutsideDomain = "E302" Error,
    /// A result differs from the published one.
    PublishedDiffers = "E303" Error,
    /// An indicator is to be divided by zero or less.
    BadDenominator = "E310" Error,
    /// A transform made a distribution worse and was dropped.
    TransformDropped = "E311" Note,
    /// Missing values that could not be filled in.
    NotImputed = "E312" Note,
    /// A model that is to fill in missing values cannot be fitted.
    ImputationFails = "E313" Error,
    /// A distance has nothing to be measured to, or no length.
    NoDistance = "E314" Error,
    /// A value that is none of the declared categories.
    UnknownCategory = "E315" Error,
    /// Scores that the rating rule cannot tell apart.
    UnratablePool = "E330" Error,
    /// Data that give no weights.
    NoWeights = "E331" Error,
    /// A cross-check that has nothing to rank by or nobody to rank.
    CrossCheckFails = "E335" Error,
    /// Units that a cross-check leaves out.
    CrossCheckPartial = "E336" Note,
    /// A sheet of experts from which no weights follow.
    ExpertSheetUnfit = "E337" Error,

    /// The project names a rubric that neither it nor benchline has.
    UnknownRubric = "C401" Error,
    /// A rule whose result is not exact and whose rounding is not declared.
    InexactRule = "C402" Error,
    /// A step that does not find what it works on, or leaves several numbers
    /// where one is needed.
    BadStep = "C403" Error,
    /// An entry, member, judge, criterion, round or attempt that is not declared.
    UnknownName = "C404" Error,
    /// Two entries, members or judges share a code.
    DuplicateName = "C405" Error,
    /// A mark outside the scale of its criterion.
    MarkOutsideScale = "C406" Error,
    /// A mark with more decimals than allowed, or between the steps of its scale.
    MarkTooFine = "C407" Error,
    /// A mark that is not there.
    MissingMark = "C408" Error,
    /// Two marks where one belongs.
    DuplicateMark = "C409" Error,
    /// A mark of a judge who is recused from the entry.
    RecusedMark = "C410" Error,
    /// A mark of an entry that takes no part, or by a judge who is absent.
    UnexpectedMark = "C411" Error,
    /// A sum on the sheet that differs from the sum of its cells.
    SumDiffers = "C412" Error,
    /// Two judges handed in the same marks.
    IdenticalSheets = "C413" Warning,
    /// A judge whose marks do not vary.
    ConstantMarks = "C414" Warning,
    /// An event that cannot be understood or does not fit the marks.
    BadEvent = "C415" Error,
    /// Judges too far apart, who must reconsider.
    SpreadTooWide = "C416" Error,
    /// Judges far apart.
    SpreadWide = "C417" Warning,
    /// Fewer marks than a rule needs.
    TooFewMarks = "C418" Error,
    /// A judge whose marks do not vary has no standard score.
    NoStandardScore = "C419" Error,
    /// Entries of equal standing at a cut that the jury must decide.
    TieAtCut = "C420" Error,
    /// Another process writes the log.
    LogBusy = "C431" Error,
    /// The last event of the log was never written to its end.
    LogTorn = "C432" Warning,
    /// A line of the log that does not hold, or does not follow the one before it.
    LogBroken = "C433" Error,
    /// A file of the contest that differs from the one on record.
    FileChanged = "C434" Error,
    /// A sheet or a mark that was keyed before.
    KeyedAlready = "C435" Error,
    /// A cell that two people keyed differently.
    EntriesDiffer = "C436" Error,
    /// A sheet that only one person keyed, where two should.
    KeyedOnce = "C437" Warning,
    /// Both entries of a sheet by one person.
    SamePerson = "C438" Error,
    /// A name of a person in what is to be written into the log.
    NameInLog = "C439" Error,
    /// A draw that cannot be made, or not yet, or not again.
    DrawNotReady = "C440" Error,
    /// A draw on record that does not follow from its seed.
    DrawDiffers = "C441" Error,
    /// A draw that could not keep everybody apart or fill every seat.
    NotKeptApart = "C442" Warning,
    /// A mark of a judge who has no seat for the entry.
    NotSeated = "C443" Error,
    /// A result that changed after it was signed.
    SignatureStale = "C444" Warning,
    /// A published head that the log does not have.
    HeadUnknown = "C445" Error,
    /// An output that differs from what the log comes to.
    OutputDiffers = "C446" Error,
    /// A mark on record that the sheet it was read from does not have.
    MarkDiffers = "C447" Error,
    /// A deed that the log cannot take.
    BadDeed = "C448" Error,
    /// A sheet of the project that the log does not know.
    NotKeyed = "C449" Note,
    /// Events that came after the published head.
    HeadOlder = "C450" Warning,
    /// What the log says of a result is not what its events come to.
    RecordDiffers = "C451" Error,
    /// A mark that came out otherwise when it was counted again.
    RecountDiffers = "C452" Error,
    /// A recount that cannot be drawn or recorded, or not again.
    RecountNotReady = "C453" Error,
    /// Sheets that a recount lacks.
    RecountIncomplete = "C454" Error,
    /// A row of a table of events that is on record and no longer there.
    EventRowGone = "C455" Error,
    /// A file among the project's fonts is no font.
    FontUnreadable = "C461" Error,
    /// A sheet lies outside the project, where it could not be read again.
    SheetOutside = "C462" Error,
    /// A file that is to be keyed is neither declared nor a score sheet of `contest forms`.
    NotASheet = "C463" Error,
    /// A score sheet of another edition, round, judge or version.
    ForeignForm = "C464" Error,
    /// A judge's score sheet is on record already, or both entries are one file.
    FormTwice = "C465" Error,
    /// The rows of a score sheet are not those that it was made with.
    FormRows = "C466" Error,
    /// A mark is missing on a score sheet that was handed in.
    FormBlank = "C467" Error,
    /// A score sheet on which nothing is written yet.
    FormEmpty = "C468" Note,
    /// It is not known yet who takes part in a round, so there are no score sheets for it.
    FormsLater = "C469" Note,
    /// A board of a stage that is not there or has not begun.
    NoSuchBoard = "C471" Error,
    /// A board that cannot be frozen where it is asked to be.
    BadFreeze = "C472" Error,
    /// A placing that is to be revealed while names are sealed.
    RevealSealed = "C473" Error,
    /// A placing that is to be revealed and is not complete.
    RevealIncomplete = "C474" Error,
    /// A placing that is to be revealed and lacks a signature.
    RevealUnsigned = "C475" Error,
    /// A placing that is to be revealed while an appeal is open.
    RevealAppeal = "C476" Warning,
    /// A place where a board may not be written.
    BoardNotHere = "C477" Error,

    /// No embedded font draws a character.
    MissingGlyph = "R401" Error,
    /// A report template failed.
    Template = "R402" Error,

    /// A choice of method by which a unit's score depends on the data of others.
    DependsOnOthers = "A601" Error,
    /// A file that is no reference bundle.
    NotABundle = "A602" Error,
    /// A reference bundle that was changed after it was published.
    BundleChanged = "A603" Error,
    /// A unit that the bundle or the data do not have.
    NothingToAssess = "A604" Error,
    /// A choice that is to be varied and has one option only.
    NothingVaries = "A611" Error,
    /// Draws of an audit that gave no result.
    DrawsFailed = "A612" Warning,
    /// An audit none of whose draws gave a result.
    NoDraws = "A613" Error,
    /// An audit that would need more memory than machines have.
    TooManyDraws = "A614" Error,

    /// The output folder holds something that benchline did not write.
    OutputNotOurs = "O501" Error,
    /// Documents that could not be made.
    DocumentsFailed = "O510" Error,
}

impl Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_sorted_within_a_family() {
        for pair in Code::ALL.windows(2) {
            let (a, b) = (pair[0].id(), pair[1].id());
            assert!(a[..1] != b[..1] || a < b, "{a} before {b}");
        }
    }
}
