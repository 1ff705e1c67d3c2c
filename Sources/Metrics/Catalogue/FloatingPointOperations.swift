import Networks
import Outcomes
import SearchSpaces

/// Floating-point operations of a forward pass.
struct FloatingPointOperations: Metric {
  let description = MetricDescription(
    id: "flops", title: "FLOPs",
    summary: "Floating-point operations of a forward pass without the decoder.",
    formula: "2·T·B·Σ over matrices of rows · columns, plus elementwise operations",
    reference: "zhou2022", needs: [.architecture])

  func evaluate(_ quantities: Quantities, _ request: MeasurementRequest) -> [MetricOutcome] {
    do throws(Reason) {
      let count = try request.recipe.floatingPointOperations(
        request.settings.sizes, steps: request.tokens.steps, columns: request.tokens.columns)
      return [MetricOutcome(Double(count.linear) + Double(count.elementwise))]
    } catch {
      return [.undefined(error.text)]
    }
  }
}
