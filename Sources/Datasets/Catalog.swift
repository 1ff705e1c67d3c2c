import Diagnostics
import Tables

/// The format of a dataset's file.
package enum DatasetFormat: String, Sendable, Hashable, CaseIterable {
  /// Comma-separated values.
  case csv
  /// The BERT benchmark: a JSON list of architectures with scores.
  case bertBenchmark = "bert-benchmark"
  /// The BERT training ablation: a JSON list with scores by step.
  case bertTraining = "bert-training"
  /// A JSON mapping of names to lists of choices.
  case searchSpace = "search-space"
  /// A zip archive of NAS-Bench-NLP logs, a row for each log.
  case trainingLogs = "nas-bench-nlp-logs"
  /// The same archive, a row for each epoch of each log.
  case trainingCurves = "nas-bench-nlp-curves"
  /// A JSON list of recurrent-cell recipes.
  case recipes
  /// A LiteTransformerSearch archive.
  case liteTransformerSearch = "litetransformersearch"
  /// An archive of one YAML file of scores for each metric.
  case scoreFiles = "score-files"
  /// A JSON document of records, also under keys such as space → task → architecture, which become columns.
  case json
  /// A JSON record in each line.
  case jsonLines = "json-lines"
  /// JSON as of `json`, whose column `architecture` has cells of NAS-Bench-201.
  case nasBench201 = "nas-bench-201"
}

/// A file of the catalogue.
package struct CatalogFile: Sendable, Hashable {
  package var id: String
  /// Its place in the data folder.
  package var path: String
  /// The address that it is fetched from, over HTTPS.
  package var address: String
  /// SPDX name of its licence.
  package var licence: String
  /// Key of `data/references.bib`.
  package var citation: String
  /// Its size in bytes.
  package var byteCount: Int
  /// Its SHA-256 as 64 hexadecimal digits.
  package var digest: String
  /// The reason why the file cannot be fetched from its address as it is; nil when it can.
  package var byHand: String?
}

/// A dataset of the catalogue: a file, how it is read, and what its columns mean.
package struct CatalogDataset: Sendable, Hashable {
  /// Its id, such as `serianni2023/rnn-results`.
  package var id: String
  /// The name for people.
  package var title: String
  /// A sentence on its content.
  package var summary: String
  /// The file's id.
  package var file: String
  /// The format of the file.
  package var format: DatasetFormat
  /// True when malformed rows are counted and left out instead of failing the import.
  package var skipsMalformed: Bool
  /// True when a header glued to a row's last cell is cut off.
  package var repairsGluedHeader: Bool
  /// Column by which repetitions are numbered in a column `repetition`; nil for none.
  package var repetitionOf: String?
  /// Headers known and not read.
  package var ignoredHeaders: [String]
  /// The columns read from the file.
  package var fileColumns: [CSVColumn]
  /// What is one unit of its rows; nil when every row stands by itself.
  package var unit: CatalogUnit?

  /// The columns of the imported table.
  package var columns: [ColumnSchema] {
    fileColumns.map(\.schema)
      + (repetitionOf == nil
        ? []
        : [
          ColumnSchema(
            name: "repetition", type: .integer, title: "Repetition", role: .identifier,
            summary: "Number of the repetition, from 0.")
        ])
  }

  /// The columns by which its rows are of one unit; nil when every row stands by itself, or another dataset tells.
  package var unitColumns: [String]? {
    switch unit?.rule {
    case .columns(let names): names
    case .metricVector: fileColumns.map(\.schema).filter { $0.role == .metric }.map(\.name)
    case .partner, nil: nil
    }
  }

  /// Everything that decides what is imported, as text: part of a step's key. Titles, units and summaries decide nothing.
  package var definition: String {
    let parts = fileColumns.map { column in
      let schema = column.schema
      let missing = column.missing.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
      return [
        schema.name, schema.type.rawValue, schema.role.rawValue, schema.better?.rawValue ?? "", column.header, missing,
      ].joined(separator: "|") + (column.part.map { "|\($0.before)…\($0.after)" } ?? "")
    }
    return
      "\(format.rawValue) glued:\(repairsGluedHeader) repetition:\(repetitionOf ?? "") ignored:\(ignoredHeaders.joined(separator: "|")) "
      + parts.joined(separator: " ; ")
  }
}

/// What is one unit of a dataset: rows that are repeats of one thing, such as trainings of one network. Whatever draws rows at
/// random draws units.
package struct CatalogUnit: Sendable, Hashable {
  /// The rule by which rows are of one unit.
  package enum Rule: Sendable, Hashable {
    /// Rows with the same values in these columns.
    case columns([String])
    /// Rows with the same values in every column of role metric.
    case metricVector
    /// Rows whose partners in another dataset of the catalogue, by these keys, are of one unit there. Rows without a partner
    /// stand by themselves.
    case partner(dataset: String, keys: [String])
  }

  package var rule: Rule
  /// What a unit is called.
  package var noun: UnitNoun
}

/// A text set of the catalogue: a file for each part.
package struct CatalogCorpus: Sendable, Hashable {
  /// Its id, such as `wikitext-2`.
  package var id: String
  /// The name for people.
  package var title: String
  /// A sentence on its content.
  package var summary: String
  /// The ids of the files by part.
  package var files: [CorpusPart: String]

  /// The parts that are there, in order.
  package var parts: [CorpusPart] { CorpusPart.allCases.filter { files[$0] != nil } }
}

/// The data catalogue.
package struct Catalog: Sendable, Hashable {
  /// The files, in order.
  package var files: [CatalogFile]
  /// The datasets, in order.
  package var datasets: [CatalogDataset]
  /// The text sets, in order.
  package var corpora: [CatalogCorpus] = []

  /// The catalogue of nothing: for what takes one, and needs none of its files.
  package static let empty = Catalog(files: [], datasets: [])

  /// The dataset of an id.
  package func dataset(_ id: String) -> CatalogDataset? { datasets.first { $0.id == id } }

  /// The text set of an id.
  package func corpus(_ id: String) -> CatalogCorpus? { corpora.first { $0.id == id } }

  /// The file of an id.
  package func file(_ id: String) -> CatalogFile? { files.first { $0.id == id } }
}
