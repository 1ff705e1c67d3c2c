/// What a forensic check looks for, with its settings.
package enum ForensicCheckSpec: Sendable, Hashable {
  /// Rows that are equal in some columns.
  case duplicates(Duplicates)
  /// Rows that stand for one architecture.
  case replicates(Replicates)
  /// A column that is a function of others.
  case functionOf(FunctionOf)
  /// Which of several columns a column equals.
  case columnMatch(ColumnMatch)
  /// Keys of a dataset that are missing from another.
  case survivorship(Survivorship)
  /// Consecutive batches that share rows.
  case batchOverlap(BatchOverlap)
  /// Columns that differ by a constant.
  case constantOffset(ConstantOffset)
  /// Values under one condition that are copies of those under another.
  case copiedValues(CopiedValues)
  /// A printed aggregate that is not what its parts give.
  case aggregate(Aggregate)
  /// Values that grow from repetition to repetition.
  case accumulation(Accumulation)

  /// Settings of `duplicates`.
  package struct Duplicates: Sendable, Hashable {
    /// The dataset.
    package var dataset: Located<String>
    /// The columns compared.
    package var columns: MetricSelection
    /// The column that names a row.
    package var id: Located<String>?
  }

  /// Settings of `replicates`.
  package struct Replicates: Sendable, Hashable {
    /// The dataset.
    package var dataset: Located<String>
    /// The columns that rows of one architecture share.
    package var same: MetricSelection
    /// The column whose spread is measured.
    package var target: Located<String>
    /// Columns of which one must differ within a group.
    package var differs: [Located<String>]
    /// Columns that make strata.
    package var by: [Located<String>]
    /// The column that names a row.
    package var id: Located<String>?
  }

  /// Settings of `function-of`.
  package struct FunctionOf: Sendable, Hashable {
    /// The dataset.
    package var dataset: Located<String>
    /// The column that may be a function.
    package var column: Located<String>
    /// The columns it may be a function of.
    package var of: [Located<String>]
    /// The largest relative difference of values that count as equal.
    package var tolerance: Double
    /// How many rows may violate it.
    package var exceptions: Int
    /// The column that names a row.
    package var id: Located<String>?
  }

  /// Settings of `column-match`.
  package struct ColumnMatch: Sendable, Hashable {
    /// How one column may be made from another.
    package enum Relation: String, Sendable, Hashable, CaseIterable {
      /// The same numbers.
      case equal
      /// The same numbers with the other sign.
      case opposite
      /// A constant factor.
      case factor
      /// A constant offset.
      case offset
      /// A factor and an offset.
      case affine
    }

    /// The dataset, with all columns.
    package var dataset: Located<String>
    /// The column.
    package var column: Located<String>
    /// The columns it may equal.
    package var candidates: [Located<String>]
    /// The relations permitted.
    package var relations: [Relation]
    /// The largest error that counts as agreement.
    package var tolerance: Double
    /// The share of rows that must agree.
    package var share: Double
  }

  /// Settings of `survivorship`.
  package struct Survivorship: Sendable, Hashable {
    /// The dataset whose keys are looked for.
    package var dataset: Located<String>
    /// The dataset in which they are looked for.
    package var survivors: Located<String>
    /// The columns that make a key, in both.
    package var on: [Located<String>]
    /// The column in which missing and present keys are compared.
    package var target: Located<String>?
    /// Columns by whose values missing keys are counted.
    package var by: [Located<String>]
  }

  /// Settings of `batch-overlap`.
  package struct BatchOverlap: Sendable, Hashable {
    /// The dataset.
    package var dataset: Located<String>
    /// The columns tested.
    package var columns: MetricSelection
    /// The columns that name a subject.
    package var subject: [Located<String>]
    /// The column that orders the batches of a subject.
    package var order: Located<String>?
    /// Declared rows of a batch.
    package var length: Int?
    /// Declared rows between the starts of consecutive batches.
    package var stride: Int?
    /// Number of permutations.
    package var permutations: Int
    /// Seed of the permutations.
    package var seed: Seed
    /// The largest p of a trace.
    package var level: Double
  }

  /// Settings of `constant-offset`.
  package struct ConstantOffset: Sendable, Hashable {
    /// Two values of a column under which another is compared.
    package struct Conditions: Sendable, Hashable {
      /// The column of the condition.
      package var column: Located<String>
      /// The two values; the offset is that of the first over the second.
      package var values: [Located<String>]
      /// The columns that pair rows.
      package var on: [Located<String>]
    }

    /// What the column is compared with.
    package enum Counterpart: Sendable, Hashable {
      /// Another column, row by row.
      case column(Located<String>)
      /// Itself, under two conditions.
      case conditions(Conditions)
    }

    /// The dataset.
    package var dataset: Located<String>
    /// The column.
    package var column: Located<String>
    /// What it is compared with.
    package var counterpart: Counterpart
    /// The largest deviation in units of the column's standard deviation.
    package var tolerance: Double
  }

  /// Settings of `copied-values`.
  package struct CopiedValues: Sendable, Hashable {
    /// The dataset.
    package var dataset: Located<String>
    /// The columns compared, all together.
    package var columns: MetricSelection
    /// The column of the conditions.
    package var over: Located<String>
    /// The columns that pair rows.
    package var on: [Located<String>]
    /// The share of keys that must be identical.
    package var share: Double
  }

  /// Settings of `aggregate`.
  package struct Aggregate: Sendable, Hashable {
    /// How parts are put together.
    package enum Statistic: String, Sendable, Hashable, CaseIterable {
      /// Arithmetic mean.
      case mean
      /// Sum.
      case sum
      /// Product.
      case product
    }

    /// The dataset.
    package var dataset: Located<String>
    /// The printed aggregate.
    package var column: Located<String>
    /// Its parts.
    package var of: [Located<String>]
    /// How they are put together.
    package var statistic: Statistic
    /// The largest relative difference of a consistent row.
    package var tolerance: Double
    /// The column that names a record.
    package var id: Located<String>?
    /// The column by whose values inconsistent rows are counted.
    package var by: Located<String>?
  }

  /// Settings of `accumulation`.
  package struct Accumulation: Sendable, Hashable {
    /// The dataset.
    package var dataset: Located<String>
    /// The columns examined.
    package var columns: MetricSelection
    /// The columns that name a subject; all rows are one subject when empty.
    package var subject: [Located<String>]
    /// The column that orders the rows of a subject.
    package var order: Located<String>?
    /// Columns by which the values are divided.
    package var per: [Located<String>]
    /// The share of increases from which values grow.
    package var share: Double
    /// The largest p of a trace.
    package var level: Double
  }
}
