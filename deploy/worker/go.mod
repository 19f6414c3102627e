module fabricdt.io/worker

go 1.24
