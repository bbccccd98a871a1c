CREATE TABLE users_data (
    id integer PRIMARY KEY, name varchar(100), username varchar(50), email varchar(100), phone varchar(30),
    city varchar(80), zipcode varchar(12), lat numeric(9, 6), lng numeric(9, 6), extracted_at timestamptz
);
