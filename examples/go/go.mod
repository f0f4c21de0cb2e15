module proffer.example/framework

go 1.19
