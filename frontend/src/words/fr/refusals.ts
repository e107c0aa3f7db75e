import type { Refusals } from "../refusal";

/** What any contract may refuse, by the standards that it follows; modules tell of their own. */
export const refusals = {
  AccessManagedUnauthorized: () => "Ce compte n’a pas cette fonction dans la commune. Connectez celui qui l’a.",
  AccessManagedRequiredDelay: () => "Cette fonction n’agit qu’après un délai public : annoncez d’abord l’acte.",
  ERC20InsufficientBalance: () => "Le compte n’a pas assez. Choisissez un montant plus petit.",
  ERC20InvalidReceiver: () => "Cette adresse ne peut rien recevoir.",
  AccessManagerNotReady: () => "L’acte est annoncé, mais son délai n’est pas écoulé.",
  AccessManagerExpired: () => "L’annonce a expiré : annoncez l’acte de nouveau.",
  AccessManagerNotScheduled: () => "Cet acte n’a pas été annoncé : annoncez-le d’abord.",
  AccessManagerAlreadyScheduled: () => "Cet acte est déjà annoncé.",
  AccessManagerUnauthorizedCall: () => "Ce compte n’a pas qualité pour cet acte.",
  AccessManagerLockedFunction: () => "Cette fonction ne se règle pas ainsi.",
  AccessManagerLockedRole: () => "Ce rôle ne se modifie pas.",
  AccessManagerUnauthorizedAccount: () => "Ce compte n’administre pas la commune. Connectez celui qui le fait.",
  AccessManagerUnauthorizedCancel: () => "Ce compte ne peut pas annuler cette annonce.",
  Town_AdminsAlone: () => "Les fonctions propres de la commune restent à l’administration.",
  AccessManagerBadConfirmation: () => "Confirmez la renonciation avec votre propre adresse.",
  ERC20InsufficientAllowance: () => "L’autorisation donnée ne suffit pas pour ce montant. Donnez-en une plus grande.",
  ERC20InvalidApprover: () => "Cette adresse ne peut rien autoriser.",
  ERC20InvalidSender: () => "Cette adresse ne peut rien payer.",
  ERC20InvalidSpender: () => "Cette adresse ne peut pas être autorisée à payer.",
  SlipSignature_OutOfGas: () => "L’envoi avait trop peu de gaz. Recommencez : rien n’a bougé.",
  SlipActs_SlipExpired: () => "Cet acte a passé sa date limite : rien n’a été fait. Recommencez.",
  SlipActs_SlipSpent: () => "Cet acte a déjà été fait.",
  SlipActs_NotSignedBy: () => "Ce n’est pas le compte qui peut faire cet acte.",
  InPerson_ThroughTheAuthority: () => "Cet acte se fait en personne : appelez le contrat, sans passer par la ville.",
} satisfies Refusals;
