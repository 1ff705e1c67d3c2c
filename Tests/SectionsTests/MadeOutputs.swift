import Documents
import Outcomes
import Pipeline
import Reports
import Specs
import Tables
import Testing

@testable import Sections

/// Outputs of steps made by hand, in place of a run's.
struct MadeOutputs {
  var tables: [String: Table] = [:]
  var documents: [String: JSONValue] = [:]

  /// The output of one step or of several; one that cannot be written is not there.
  init(_ outputs: [String: any Encodable], tables: [String: Table] = [:]) {
    documents = outputs.compactMapValues { try? JSONValue(encoding: $0) }
    self.tables = tables
  }

  /// What steps and figures read.
  var inputs: StepInputs {
    StepInputs { [tables, documents] name throws(Reason) in
      if let table = tables[name] { return .table(table) }
      guard let document = documents[name] else { throw Reason("no input \(name)") }
      return .json(document)
    }
  }

  /// What tables of reports are made from.
  func context(_ known: [KnownTable] = []) -> ReportTables {
    ReportTables(tables: known, inputs: inputs)
  }
}

extension ReportTable {
  /// The headers, then the rows, as text.
  var texts: [[String]] { [columns.map(\.title)] + rows.map { $0.map(\.text) } }
}

/// Expects that a value is read as it was written, through the text that stands in the store.
func expectRoundTrip<Value: Codable & Equatable>(
  _ value: Value, sourceLocation: Testing.SourceLocation = #_sourceLocation
) throws {
  let text = try JSONValue(encoding: value).text(indent: 2)
  let read = try DocumentReader.read(Array(text.utf8), file: "made", limits: .data)
  #expect(try JSONValue(read).decoded(as: Value.self) == value, "\(text)", sourceLocation: sourceLocation)
}
