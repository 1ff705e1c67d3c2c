import Tables

/// A metric that names of columns can stand for.
package struct KnownMetric: Sendable, Hashable {
  /// The id in the catalogue of metrics; nil for a metric that is not there.
  package var id: String?
  /// The name for people.
  package var title: String
  /// The better end of its values.
  package var better: Direction?
  /// True for sizes, such as the number of parameters.
  package var isBaseline: Bool

  /// Names a metric.
  package init(id: String?, title: String, better: Direction?, isBaseline: Bool = false) {
    self.id = id
    self.title = title
    self.better = better
    self.isBaseline = isBaseline
  }
}

/// The metrics that names of columns are held against.
package struct KnownMetrics: Sendable {
  private var bySquashed: [String: KnownMetric] = [:]

  /// Names that the field has for metrics of the catalogue, as letters and digits: those of NASLib, NAS-Bench-Suite-Zero and
  /// zero-cost-nas.
  private static let aliases = [
    "jacov": "jacobian-covariance", "jacobcov": "jacobian-covariance", "jacobiancov": "jacobian-covariance",
    "jacobcosine": "jacobian-cosine", "jacobiancosine": "jacobian-cosine", "nwot": "naswot",
    "gradnorm": "gradient-norm", "gnorm": "gradient-norm", "gradientnorm": "gradient-norm", "fisher": "fisher",
    "ntk": "ntk-condition-number", "ntkcond": "ntk-condition-number", "kntk": "ntk-condition-number",
    "logsynflow": "log-synflow", "synapticflow": "synflow", "synflow": "synflow", "snip": "snip", "grasp": "grasp",
    "plain": "plain", "zico": "zico", "meco": "meco", "swap": "swap", "dss": "dss", "nlr": "linear-regions",
    "linearregion": "linear-regions", "attnconf": "head-confidence",
    "headconfidence": "head-confidence", "nparams": "parameters", "params": "parameters",
    "numparams": "parameters", "parametercount": "parameters", "paramcount": "parameters",
    "synapticdiversity": "synaptic-diversity", "synapticsaliency": "synaptic-saliency",
    "headimportance": "head-importance", "hiddencovariance": "hidden-covariance",
  ]
  /// Metrics of the field that no catalogue has to hold, larger values being better.
  private static let others = [
    "epenas": "EPE-NAS", "l2norm": "L2 norm", "zen": "Zen-Score", "zenscore": "Zen-Score", "zennas": "Zen-Score",
    "naswot": "NASWOT", "synflow": "SynFlow", "snip": "SNIP", "grasp": "GraSP", "fisher": "Fisher",
    "gradientnorm": "Gradient norm", "jacobiancovariance": "Jacobian covariance", "plain": "Plain", "zico": "ZiCo",
    "meco": "MeCo", "croze": "CRoZe", "azfactor": "AZ-NAS", "aznas": "AZ-NAS", "gradsign": "GradSign", "nasi": "NASI",
  ]

  /// Takes the metrics of a catalogue.
  package init(_ metrics: [KnownMetric] = []) {
    for (name, title) in Self.others { bySquashed[name] = KnownMetric(id: nil, title: title, better: .higher) }
    for metric in metrics { if let id = metric.id { bySquashed[ColumnWords(id).squashed] = metric } }
    for (alias, id) in Self.aliases {
      guard bySquashed[alias] == nil || alias != ColumnWords(id).squashed else { continue }
      if let metric = bySquashed[ColumnWords(id).squashed] { bySquashed[alias] = metric }
    }
  }

  /// The metric that a name stands for; words such as `score` at its end do not count.
  func metric(_ words: ColumnWords) -> KnownMetric? {
    if let metric = bySquashed[words.squashed] { return metric }
    guard let last = words.words.last, ["score", "scores", "value", "metric"].contains(last) else { return nil }
    return bySquashed[words.words.dropLast().joined()]
  }
}
