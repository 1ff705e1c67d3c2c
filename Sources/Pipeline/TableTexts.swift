import Outcomes
import Tables

/// Titles, units and summaries of columns. They are for people: no artifact that others compute from holds them, so that
/// another title computes nothing anew. Figures put them back, and results look them up.
extension Table {
  /// The same columns and rows without titles, units and summaries.
  package var withoutTexts: Table {
    changingSchemas { schema in
      schema.title = nil
      schema.unit = nil
      schema.summary = nil
    }
  }

  /// The same columns and rows with the titles, units and summaries of columns of the same name.
  package func withTexts(of columns: [ColumnSchema]) -> Table {
    let known = Dictionary(columns.map { ($0.name, $0) }) { first, _ in first }
    return changingSchemas { schema in
      guard let texts = known[schema.name] else { return }
      schema.title = texts.title
      schema.unit = texts.unit
      schema.summary = texts.summary
    }
  }

  /// The same columns and rows with other schemas.
  package func changingSchemas(_ change: (inout ColumnSchema) -> Void) -> Table {
    let changed = columns.map { column in
      var column = column
      change(&column.schema)
      return column
    }
    return Table(columns: changed, origins: origins)
  }
}

extension StepOutput {
  /// A table without the titles, units and summaries of its columns.
  package static func table(_ table: Table, artifacts: [StepArtifact] = []) -> StepOutput {
    StepOutput(table.withoutTexts.encoded(), mediaType: "application/x-trainfree-table", artifacts: artifacts)
  }
}

extension StepInputs {
  /// The same artifacts, tables with the titles, units and summaries of columns by input name.
  package func withTexts(_ columns: [String: [ColumnSchema]]) -> StepInputs {
    StepInputs { name throws(Reason) in
      let artifact = try self.artifact(name)
      guard case .table(let table) = artifact, let known = columns[name] else { return artifact }
      return .table(table.withTexts(of: known))
    }
  }
}
