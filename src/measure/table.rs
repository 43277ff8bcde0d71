//! Rectangular tables, `[from][to]`.

use serde::{Deserialize, Serialize};
use std::ops::{Index, IndexMut};

/// A dense table of `rows` by `columns` cells, stored row by row and addressed as `table[(from, to)]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table<T> {
    columns: usize,
    cells: Vec<T>,
}

impl<T> Table<T> {
    /// A table of the given rows.
    ///
    /// # Errors
    ///
    /// The index of the first row whose length is not that of the first row.
    pub fn from_rows(rows: Vec<Vec<T>>) -> Result<Self, usize> {
        let columns = rows.first().map_or(0, Vec::len);
        if let Some(bad) = rows.iter().position(|row| row.len() != columns) {
            return Err(bad);
        }
        Ok(Self {
            columns,
            cells: rows.into_iter().flatten().collect(),
        })
    }

    /// A table of `columns` columns from cells given row by row.
    ///
    /// # Errors
    ///
    /// The cells themselves, when they do not fill whole rows.
    pub fn from_cells(columns: usize, cells: Vec<T>) -> Result<Self, Vec<T>> {
        let whole = if columns == 0 {
            cells.is_empty()
        } else {
            cells.len().is_multiple_of(columns)
        };
        if whole {
            Ok(Self { columns, cells })
        } else {
            Err(cells)
        }
    }

    /// How many rows it has.
    pub fn rows(&self) -> usize {
        self.cells.len().checked_div(self.columns).unwrap_or(0)
    }

    /// How many columns it has.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// One row.
    pub fn row(&self, from: usize) -> &[T] {
        &self.cells[from * self.columns..(from + 1) * self.columns]
    }

    /// All cells, row by row.
    pub fn cells(&self) -> &[T] {
        &self.cells
    }
}

impl<T> Index<(usize, usize)> for Table<T> {
    type Output = T;
    #[inline]
    fn index(&self, (from, to): (usize, usize)) -> &T {
        &self.cells[from * self.columns + to]
    }
}

impl<T> IndexMut<(usize, usize)> for Table<T> {
    #[inline]
    fn index_mut(&mut self, (from, to): (usize, usize)) -> &mut T {
        &mut self.cells[from * self.columns + to]
    }
}
