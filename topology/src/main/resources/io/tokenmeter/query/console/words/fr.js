export default {
  // The frame.
  skip: "Aller au contenu", places: "Lieux", language: "Langue", theme: "Clair ou sombre", leave: "Se déconnecter", again: "Réessayer", close: "Fermer",
  signIn: "Se connecter", token: "Jeton", tokenHint: "Celui d’une organisation ou d’un opérateur. Il reste dans cet onglet.",
  refused: "Ce jeton n’ouvre rien ici.", refusedHint: "Il est peut-être incomplet, remplacé ou fait pour une autre installation. Saisissez un jeton que cette instance connaît.",
  hintDemo: "en affiche un avec son adresse :", hintToken: "en crée un pour une organisation ou un opérateur :",
  notYours: "Votre jeton n’ouvre pas ceci. Retournez au début ou connectez-vous avec un autre jeton.",
  away: "L’instance ne répond pas.", awayHint: "Elle démarre peut-être ou déplace son travail. Réessayez dans quelques secondes.",
  stale: "Ces chiffres ne sont pas les plus récents :", none: "Aucun.", all: "Total", others: "Autres", asTable: "Sous forme de tableau", sortBy: "Trier par",
  // An organisation.
  organisation: "Organisation", organisations: "Organisations", find: "Trouver une organisation", noMatch: "Aucune organisation ne s’appelle ainsi.",
  noOrganisations: "Il n’y a pas encore d’organisation.", noOrganisationsHint: "Accordez des crédits à l’une d’elles et elle sera ici.",
  asOf: "Au", sequence: "Séquence", balance: "Solde", outOfGranted: "sur {n} accordés", available: "Disponible", heldNote: "{n} réservés aux appels en cours",
  burn: "Dépense par heure", lastHour: "dans la dernière heure", runsOut: "Épuisement", never: "Pas à ce rythme", isOut: "Il ne reste rien",
  calls: "Appels", mayCall: "Peut appeler", deniedUntil: "jusqu’à", debt: "Dette", unit: "Unité",
  CREDITS_EXHAUSTED: "Crédits épuisés", CREDITS_HELD: "Crédits tous réservés", QUOTA_EXCEEDED: "Quota épuisé",
  // Its balance.
  balanceOverTime: "Solde dans le temps", recent: "Dernières charges", untilEmpty: "Jusqu’à l’épuisement", forecast: "Prévision au rythme de la dernière heure",
  level: "seuil", levels: "Seuil d’alerte", meets: "Atteint {level}", grant: "Crédit", grants: "Crédits accordés", left: "Reste", outOf: "sur {n}", expires: "Expire", begins: "Débute",
  balanceNote: "Après chacune des {n} dernières charges.", olderCharges: "Les plus anciennes sont dans usage.billed.", noGrants: "Il ne reste rien d’aucun crédit.",
  kindPURCHASE: "Achat", kindPROMOTION: "Promotion", kindINCLUDED: "Inclus", kindGIFT: "Cadeau", kindADJUSTMENT: "Ajustement",
  // Its usage.
  usage: "Usage", byModel: "Par modèle", byType: "Par type de facturation", window: "Période", last24: "24 heures", last7: "7 jours", last30: "30 jours", last12: "12 mois",
  nothing: "Rien n’a été utilisé sur cette période.", nothingHint: "Choisissez-en une plus longue.", free: "gratuit", spent: "Dépensé", share: "Part", quantities: "Quantités facturées",
  from: "Dès", model: "Modèle", type: "Type de facturation", time: "Heure", amount: "Montant",
  // Its quotas.
  quotas: "Quotas", noQuotas: "Aucun quota n’est défini.", noQuotasHint: "Un opérateur les définit avec tokenmeter org --quota.", resets: "remise à zéro", ofLimit: "sur {n}", usedUp: "Épuisé",
  eachLimit: "{n} pour chacun",
  scope_project: "chaque projet", scope_user: "chaque utilisateur", scope_api_key: "chaque clé", scope_model: "chaque modèle",
  meter_total_tokens: "jetons", meter_input_tokens: "jetons d’entrée", meter_output_tokens: "jetons de sortie", meter_requests: "requêtes", meter_images: "images", meter_audio_seconds: "secondes d’audio",
  // Its charges.
  charge: "Charge", charges: "Charges", noCharges: "Pas encore de charge.", noChargesHint: "La première est ici dans la seconde qui suit son appel.", flags: "Marques", usageId: "Identifiant",
  occurred: "Survenu", billedAt: "Facturé", provider: "Fournisseur", caller: "Appelant", outcome: "Issue",
  raw: "Les enregistrements bruts", request: "Requête", response: "Réponse", partition: "partition", offset: "position", noRecords: "Elle ne vient d’aucun enregistrement brut.",
  measured: "Ce qui a été mesuré", readings: "Compteurs", meter: "Compteur", reported: "Déclaré", counted: "Compté", billed: "Facturé", source: "Facturé d’après",
  source_REPORTED: "la déclaration du fournisseur", source_TOKENIZED: "notre compte exact", source_ESTIMATED: "notre estimation", providerTotal: "Total du fournisseur : {n} jetons.",
  priced: "Ce que cela a coûté", lines: "Lignes", book: "Tarif", entry: "Entrée du tarif", matched: "Nom reconnu", version: "Version du prix", noRule: "sans condition", quantity: "Quantité", price: "Prix", per: "pour {n}", noLines: "Rien n’a été facturé.",
  drawn: "Qui a payé", before: "Solde avant", after: "Solde après",
  // Events.
  events: "Événements en direct", connecting: "Connexion", live: "En direct", lost: "Liaison coupée ; nouvel essai", noEvents: "Rien ne s’est passé depuis votre arrivée.", noEventsHint: "Les soldes bas et les quotas atteints s’affichent ici.",
  balanceEvent: "reste {balance} {unit}, seuil {level}", quotaEvent: "{used} sur {limit} utilisés, {share}",
  event_LOW_BALANCE: "Solde bas", event_EXHAUSTED: "Crédits épuisés", event_DEBT_LIMIT: "Découvert épuisé", event_RESTORED: "Solde rétabli",
  event_WARNING: "Quota presque épuisé", event_EXCEEDED: "Quota épuisé", event_RESET: "Quota remis à zéro",
  // The pipeline.
  allMayCall: "toutes peuvent appeler", deniedCount: "{n} ne peuvent pas appeler", unpriced: "En attente d’un prix", modelCount: "modèles : {n}", usages: "Usages",
  unpricedNote: "Mis de côté et facturé de lui-même quand un prix est publié.", noneUnpriced: "Chaque modèle a un prix.",
  unmatched: "Sans leur autre moitié", factsNote: "signalés ; une réponse tardive facture encore", rejected: "Rejetés", recordsNote: "enregistrements illisibles", noneRejected: "Rien n’a été rejeté.",
  why: "Pourquoi", topic: "Sujet", count: "Nombre", lag: "Retard, de l’appel au solde", lagWithin: "En moins de", lagMost: "99 % : {n}", mean: "moyenne {n}", longer: "plus long",
  pipelineNote: "Comptés par cette instance depuis son démarrage ; Prometheus additionne les instances.",
  drift: "Jetons déclarés et comptés", driftNote: "Déclarés ÷ comptés. 100 % : accord.", off: "Écart", ratio: "Rapport", noDrift: "Rien n’a encore été à la fois déclaré et compté.",
  rejected_UNREADABLE: "Enregistrement d’aucun schéma", rejected_UNKNOWN_SCHEMA: "Schéma inconnu", rejected_WRONG_TYPE: "Enregistrement d’un autre type", rejected_MISSING_ID: "Un identifiant manque",
  rejected_INVALID_ID: "Identifiant invalide", rejected_INVALID_FIELD: "Champ hors limites", rejected_INVALID_QUANTITY: "Quantité hors limites", rejected_UNKNOWN_METER: "Compteur inconnu",
  rejected_UNKNOWN_DIALECT: "Protocole inconnu", rejected_BROKEN_BODY: "Corps abîmé", rejected_INVALID_COMMAND: "Commande invalide",
};
