"""The one root of what Beffroi raises, and its four branches. Each class stands where it is raised; this is the tree.

Whoever calls the library catches `BeffroiError`, or the branch that she can do something about; `beffroi.cli` shows
any of them as a sentence, and leaves a traceback to what nobody foresaw.

BeffroiError
  ChainError
    AbiError
    AbsurdTipError
    ChainResetError
    ChainSetBackError
    FeeTooHighError
    NoBirthError
    NoProxyError
    NotAnnouncedError
    NotFundedError
    NotReadyError
    RevertsError
    RpcError
    RpcUnreachableError
      RpcRefusedError
    TooMuchGasError
    TransactionFailedError
    TransactionPendingError
    WrongChainError
  DrawAgainError
  InputError
    BadgeError
    CadastreFileError
    CeremonyError
    CertificateError
    CodeError
    ConfigError
    CsvError
    DefinitionError
    DlogError
    EligibilityError
    EnergyError
      CommitmentError
      ExposedError
      PrivateFileError
      PublicFileError
    EpcisError
    FactError
    JournalError
    JwsError
      SdJwtError
    KeyFileError
    LandError
    LotError
    ManifestError
    MeterFileError
    OperationError
    PanelError
    PaperError
    ParcelIdError
    ProgrammeError
    ProgrammeRollError
    ReceiptError
    RecordError
    RegistrationPlanError
    ReplayError
    RequestError
    RollError
    RowsError
    RuleError
    SealingError
      SaltReusedError
    SeasonError
    SharesError
    SheetsError
    TallyError
    TaxError
      MissingRateError
    TermsError
    UnitError
    UriError
  PostError
  SetupError
    AccountBusyError
    AnvilError
    DatabaseVersionError
    DeclinedError
    NoAccountError
    NotCompiledError
    SenderTakenError
    ServingError
    TestAccountError
  StateError
    ConsultationError
    CreditStatementError
    DriftError
    FundsError
    IssueChangedError
    MustWaitError
    NoFactError
    NoMandateError
    NoMeterError
    NoOperationError
    NoProgrammeError
    NoSeriesError
    NoValueError
    NotAdminError
    NotAskedError
    NotAttestedError
    NotCoveredError
    NotDeployedError
    NotEnrolledError
    NotGoneError
    NotPausedError
    NothingToSucceedError
    OtherPledgeError
    OtherStatementError
    PlanError
    PublishError
    RetiredForAnotherError
    SentBeforeError
    SlipsLostError
    StatementError
    UnshownStatementError
"""


class BeffroiError(Exception):
    """Something that Beffroi foresaw went wrong; `str(error)` says what, and what to do."""


class InputError(BeffroiError, ValueError):
    """What was given (a file, a field, a number) is not understood or cannot be meant: correct it and give it again."""


class ChainError(BeffroiError):
    """The node or the chain behind it answers otherwise than was needed: a refusal, a failure, or nothing at all."""


class StateError(BeffroiError):
    """The town, as it stands, does not allow what was asked: something else comes first, or it is too late."""


class SetupError(BeffroiError):
    """The machine lacks something: a program, a build, an account that signs, a free lock."""
