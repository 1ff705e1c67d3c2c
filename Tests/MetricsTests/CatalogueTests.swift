import Foundation
import Networks
import TestSupport
import Testing

@testable import Metrics

/// The catalogue against its folder and the bibliography.
@Suite struct CatalogueTests {
  @Test func everyFileIsAMetric() throws {
    let folder = "\(checkout)/Sources/Metrics/Catalogue"
    let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".swift") }
    let types = MetricCatalog.metrics.map { String(describing: type(of: $0)) }
    #expect(Set(types).count == types.count)
    #expect(Set(files.map { String($0.dropLast(6)) }) == Set(types))
  }

  @Test func descriptionsAreWhole() throws {
    let ids = MetricCatalog.all.map(\.id)
    #expect(Set(ids).count == ids.count && Set(MetricCatalog.all.map(\.title)).count == ids.count)
    #expect(MetricCatalog.published.allSatisfy { ids.contains($0) })
    for metric in MetricCatalog.all {
      let words = metric.id.split(separator: "-", omittingEmptySubsequences: false)
      #expect(words.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber) } })
      #expect(metric.title.first?.isUppercase == true && metric.summary.last == "." && !metric.formula.isEmpty)
      #expect(!metric.needs.isEmpty)
      #expect(MetricCatalog.description(of: metric.id) == metric)
      for protocolName in MetricProtocol.allCases {
        let needs = try #require(MetricCatalog.metric(metric.id)?.needs(in: protocolName))
        #expect(!needs.isEmpty && needs.isSubset(of: metric.needs))
        #expect(needs == metric.needs || metric.protocols != nil)
      }
    }
    #expect(MetricCatalog.metric("") == nil && MetricCatalog.description(of: "SNIP") == nil)
    #expect(Set(MetricCatalog.all.flatMap(\.needs)) == Set(MetricNeed.allCases))
  }

  @Test func referencesAreInTheBibliography() throws {
    let text = try String(contentsOfFile: "\(checkout)/data/references.yaml", encoding: .utf8)
    for metric in MetricCatalog.all {
      let isThere = text.contains("\n\(metric.reference):\n")
      #expect(isThere, "\(metric.id) cites \(metric.reference)")
    }
  }

  @Test func columns() throws {
    let settings = try LanguageModelSettings(layerCount: 2)
    let columns = MetricCatalog.columns(for: ["snip", "hidden-covariance", "nothing", "snip"], settings: settings)
    #expect(columns.map(\.name) == ["snip", "layer-1-hidden-covariance", "layer-2-hidden-covariance", "snip"])
    #expect(columns.map(\.metric) == ["snip", "hidden-covariance", "hidden-covariance", "snip"])
    #expect(columns[1].title == "Layer 1 hidden covariance")
    let all = MetricCatalog.columns(for: MetricCatalog.all.map(\.id), settings: settings)
    #expect(all.count == MetricCatalog.all.count + MetricCatalog.all.count { $0.isLayered })
    #expect(Set(all.map(\.name)).count == all.count)
  }
}
