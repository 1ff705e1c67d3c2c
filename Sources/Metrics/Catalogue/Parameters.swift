import Networks
import Outcomes
import SearchSpaces

/// Number of parameters: the baseline that every metric has to beat.
struct Parameters: Metric {
  let description = MetricDescription(
    id: "parameters", title: "Parameters",
    summary: "Number of parameters.",
    formula: "all weights and biases of linear nodes, embedding, decoder (once when tied) and its biases",
    reference: "serianni2023", needs: [.architecture])

  func evaluate(_ quantities: Quantities, _ request: MeasurementRequest) -> [MetricOutcome] {
    do throws(Reason) {
      return [MetricOutcome(Double(try request.recipe.parameterCount(request.settings.sizes)))]
    } catch {
      return [.undefined(error.text)]
    }
  }
}
