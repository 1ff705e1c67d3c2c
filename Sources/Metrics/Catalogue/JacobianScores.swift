import Outcomes
import Sizes
import Tensors

/// Scores of the gradient with regard to the embedded tokens.
struct JacobianMetric: Metric {
  let description: MetricDescription
  let score: JacobianScore

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    [passes.jacobian(score, of: passes.forward, choice.cotangent)]
  }

  /// Mellor et al. (2021, first version).
  static let covariance = JacobianMetric(
    description: MetricDescription(
      id: "jacobian-covariance", title: "Jacobian covariance",
      summary: "How differently the network reacts to what it reads.",
      formula:
        "S of G; recurrent cells: G = ∂L/∂embedding as [B, T·e], a row for each sequence; transformers: as [E, positions], a row for each unit, summed over sequences, zero at positions that are not read; S(M) = −Σ [ln(λ + k) + 1/(λ + k)], k = 10⁻⁵, λ the eigenvalues of the correlation matrix of the rows of M; \(MetricDescription.objective)",
      reference: "mellor2021", options: [.cotangent]), score: .covariance)

  /// Celotti et al. (2020): the Jacobian covariance with cosines.
  static let cosine = JacobianMetric(
    description: MetricDescription(
      id: "jacobian-cosine", title: "Jacobian cosine",
      summary: "How differently the network reacts to what it reads, by cosines.",
      formula:
        "1 − ½ · mean over i ≠ j of |cᵢⱼ|^(1/20), cᵢⱼ the cosine of rows i and j of G as in the Jacobian covariance; \(MetricDescription.objective)",
      reference: "celotti2020", options: [.cotangent]), score: .cosine)
}

/// A score of the rows of a Jacobian.
enum JacobianScore: Sendable, Hashable {
  /// S of their correlation matrix.
  case covariance
  /// 1 − ½ · mean |cos|^(1/20).
  case cosine
}

extension Passes {
  /// A score of the gradient with regard to the embedding in a pass. Metrics that ask for the same share it.
  func jacobian(
    _ score: JacobianScore, of pass: ForwardPass<Element>, _ cotangent: Cotangent
  ) -> Reading<Double> {
    let gradients = pass.gradients(cotangent)
    let shared = shared(ObjectIdentifier(gradients)) { SharedJacobian(gradients) }
    shared.wanted.insert(score)
    return shared.scores.map { (scores) throws(Reason) in
      guard let value = scores[score] else { preconditionFailure("a score that was asked for is computed") }
      return try value.get()
    }
  }
}

/// The scores of one Jacobian that anybody wants.
private final class SharedJacobian<Element: TensorElement> {
  var wanted: Set<JacobianScore> = []
  private(set) lazy var scores: Reading<[JacobianScore: Outcome<Double>]> = pass.input {
    [unowned self] (gradient, gradients) throws(Reason) in
    let workspace = gradients.workspace
    let rows = gradients.trace.jacobianRows(gradient, workspace)
    defer { workspace.giveBack(rows) }
    guard Double.allFinite(rows) else { throw Reason("the gradient is not finite") }
    var scores: [JacobianScore: Outcome<Double>] = [:]
    for score in wanted {
      scores[score] = .of { () throws(Reason) in
        switch score {
        case .covariance: try CovarianceScore.ofRows(rows, workspace)
        case .cosine: try CovarianceScore.cosine(rows, workspace)
        }
      }
    }
    return scores
  }
  private let pass: GradientPass<Element>

  init(_ pass: GradientPass<Element>) { self.pass = pass }
}
